/**
 * Ways from one principal of an AWS account to another or to administrator, as data. Ids and permissions:
 * https://pathfinding.cloud (data/paths) and PMapper (https://github.com/nccgroup/PMapper, principalmapper/graphing/*_edges.py,
 * gathering.py `update_admin_status`); ids that begin with `eks-` and `pm-` are ours for EKS and for PMapper's rows that pathfinding lacks.
 */

/**
 * What an action is allowed on: `new`: something that the attacker creates or chooses; `self`: the principal; `target`: whom the way
 * leads to; `provider`: an OIDC provider that the target trusts and that is not there; `own-policy`: a customer managed policy attached to the principal; `target-policy`: one attached to the target;
 * `own-group`: a group that the user is in; `admin-group`: a group whose policies allow everything.
 */
export type On = 'new' | 'self' | 'target' | 'provider' | 'own-policy' | 'target-policy' | 'own-group' | 'admin-group';

export interface Need {
  readonly action: string;
  readonly on: On;
}

export interface EscalationRow {
  readonly id: string;
  readonly needs: readonly Need[];
  /** `admin`: administrator of the account; `target`: the target itself. */
  readonly gives: 'admin' | 'target';
  /** Only for principals of this kind. */
  readonly by?: 'role' | 'user';
  /** There is a target: a role (that trusts a service, or an OIDC provider that is not there), or a user. */
  readonly target?: { readonly kind: 'role' | 'user'; readonly trusts?: string; readonly provider?: 'missing' };
  /** The target has to be in an instance profile: one that is there, or one that the row itself makes. */
  readonly profile?: 'there' | 'made';
  /** What the row needs that account data does not show. */
  readonly hangsOn?: string;
}

const need = (on: On, actions: readonly string[]): Need[] => actions.map((action) => ({ action, on }));

/** iam:PassRole of a role that trusts the service, and actions that make the service use it. */
const pass = (id: string, trusts: string, actions: readonly string[], more: Partial<EscalationRow> = {}): EscalationRow => ({
  id,
  needs: [...need('target', ['iam:PassRole']), ...need('new', actions)],
  gives: 'target',
  target: { kind: 'role', trusts },
  ...more,
});

/** Actions on something that runs as the target already; what runs was not read. */
const existing = (
  id: string,
  trusts: string,
  actions: readonly string[],
  { what, ...more }: { what: string; profile?: 'there' },
): EscalationRow => ({
  id,
  needs: need('new', actions),
  gives: 'target',
  target: { kind: 'role', trusts },
  hangsOn: `${what} that runs as the role`,
  ...more,
});

const LAMBDA = 'lambda.amazonaws.com';
const EC2 = 'ec2.amazonaws.com';
const CLOUDFORMATION = 'cloudformation.amazonaws.com';
const CODEBUILD = 'codebuild.amazonaws.com';
const ECS = 'ecs-tasks.amazonaws.com';
const GLUE = 'glue.amazonaws.com';
const SAGEMAKER = 'sagemaker.amazonaws.com';
const AGENTCORE = 'bedrock-agentcore.amazonaws.com';
const ANOTHER_VERSION = 'another version of the policy that allows more';
const ONE_KEY = 'the user having fewer than two access keys';

/** Ways to administrator over oneself. */
const SELF: readonly EscalationRow[] = [
  { id: 'iam-001', needs: need('own-policy', ['iam:CreatePolicyVersion']), gives: 'admin' },
  { id: 'pm-set-default', needs: need('own-policy', ['iam:SetDefaultPolicyVersion']), gives: 'admin', hangsOn: ANOTHER_VERSION },
  { id: 'iam-005', by: 'role', needs: need('self', ['iam:PutRolePolicy']), gives: 'admin' },
  { id: 'iam-007', by: 'user', needs: need('self', ['iam:PutUserPolicy']), gives: 'admin' },
  { id: 'iam-008', by: 'user', needs: need('self', ['iam:AttachUserPolicy']), gives: 'admin' },
  { id: 'iam-009', by: 'role', needs: need('self', ['iam:AttachRolePolicy']), gives: 'admin' },
  { id: 'iam-010', by: 'user', needs: need('own-group', ['iam:AttachGroupPolicy']), gives: 'admin' },
  { id: 'iam-011', by: 'user', needs: need('own-group', ['iam:PutGroupPolicy']), gives: 'admin' },
  { id: 'iam-013', by: 'user', needs: need('admin-group', ['iam:AddUserToGroup']), gives: 'admin' },
  { id: 'pm-create-role-attach', needs: need('new', ['iam:CreateRole', 'iam:AttachRolePolicy']), gives: 'admin' },
  { id: 'pm-create-role-put', needs: need('new', ['iam:CreateRole', 'iam:PutRolePolicy']), gives: 'admin' },
];

const ROLE = { kind: 'role' } as const;
const USER = { kind: 'user' } as const;

/** Rights over another principal: a strong one is taken over, and one that can be taken over is made strong. */
const OVER_OTHERS: readonly EscalationRow[] = [
  { id: 'iam-012', target: ROLE, needs: need('target', ['iam:UpdateAssumeRolePolicy']), gives: 'target' },
  { id: 'iam-002', target: USER, needs: need('target', ['iam:CreateAccessKey']), gives: 'target', hangsOn: ONE_KEY },
  { id: 'iam-003', target: USER, needs: need('target', ['iam:CreateAccessKey', 'iam:DeleteAccessKey']), gives: 'target' },
  {
    id: 'iam-004',
    target: USER,
    needs: need('target', ['iam:CreateLoginProfile']),
    gives: 'target',
    hangsOn: 'the user having no password yet',
  },
  {
    id: 'iam-006',
    target: USER,
    needs: need('target', ['iam:UpdateLoginProfile']),
    gives: 'target',
    hangsOn: 'the user having a password',
  },
  { id: 'iam-014', target: ROLE, needs: need('target', ['iam:AttachRolePolicy', 'sts:AssumeRole']), gives: 'admin' },
  { id: 'iam-015', target: USER, needs: need('target', ['iam:AttachUserPolicy', 'iam:CreateAccessKey']), gives: 'admin', hangsOn: ONE_KEY },
  {
    id: 'iam-016',
    target: ROLE,
    needs: [...need('target-policy', ['iam:CreatePolicyVersion']), ...need('target', ['sts:AssumeRole'])],
    gives: 'admin',
  },
  { id: 'iam-017', target: ROLE, needs: need('target', ['iam:PutRolePolicy', 'sts:AssumeRole']), gives: 'admin' },
  { id: 'iam-018', target: USER, needs: need('target', ['iam:PutUserPolicy', 'iam:CreateAccessKey']), gives: 'admin', hangsOn: ONE_KEY },
  { id: 'iam-019', target: ROLE, needs: need('target', ['iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy']), gives: 'admin' },
  {
    id: 'iam-020',
    target: ROLE,
    needs: [...need('target-policy', ['iam:CreatePolicyVersion']), ...need('target', ['iam:UpdateAssumeRolePolicy'])],
    gives: 'admin',
  },
  { id: 'iam-021', target: ROLE, needs: need('target', ['iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy']), gives: 'admin' },
];

/** Ways that come from the cluster: tokens of service accounts are what the role is given for. */
const BY_CLUSTER: readonly EscalationRow[] = [
  pass('eks-pod-identity', 'pods.eks.amazonaws.com', ['eks:CreatePodIdentityAssociation'], {
    hangsOn: 'a pod of a service account of the cluster, with the Pod Identity agent on its node',
  }),
  pass('eks-pod-identity-update', 'pods.eks.amazonaws.com', ['eks:UpdatePodIdentityAssociation'], {
    hangsOn: 'a pod of a service account that has an association, with the Pod Identity agent on its node',
  }),
  {
    id: 'eks-oidc-provider',
    target: { kind: 'role', provider: 'missing' },
    needs: need('provider', ['iam:CreateOpenIDConnectProvider']),
    gives: 'target',
    hangsOn: 'a token of the issuer that the trust policy lets in',
  },
];

/** A service is made to act as the target. */
const BY_SERVICE: readonly EscalationRow[] = [
  pass('lambda-001', LAMBDA, ['lambda:CreateFunction', 'lambda:InvokeFunction']),
  pass('lambda-002', LAMBDA, ['lambda:CreateFunction', 'lambda:CreateEventSourceMapping'], {
    hangsOn: 'an event source that the attacker can write to',
  }),
  pass('lambda-006', LAMBDA, ['lambda:CreateFunction', 'lambda:AddPermission']),
  pass('pm-lambda-create', LAMBDA, ['lambda:CreateFunction'], { hangsOn: 'somebody or something invoking the function' }),
  existing('lambda-003', LAMBDA, ['lambda:UpdateFunctionCode'], { what: 'a function that is invoked and' }),
  existing('lambda-004', LAMBDA, ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'], { what: 'a function' }),
  existing('lambda-005', LAMBDA, ['lambda:UpdateFunctionCode', 'lambda:AddPermission'], { what: 'a function' }),
  pass('pm-lambda-configure', LAMBDA, ['lambda:UpdateFunctionConfiguration', 'lambda:UpdateFunctionCode'], {
    hangsOn: 'a function to change',
  }),
  pass('ec2-001', EC2, ['ec2:RunInstances'], { profile: 'there' }),
  pass('pm-ec2-profile', EC2, ['ec2:RunInstances', 'iam:CreateInstanceProfile', 'iam:AddRoleToInstanceProfile'], { profile: 'made' }),
  pass('pm-ec2-associate', EC2, ['ec2:RunInstances', 'ec2:AssociateIamInstanceProfile'], { profile: 'there' }),
  pass('ec2-003', EC2, ['ec2:RequestSpotInstances'], { profile: 'there' }),
  existing('ec2-002', EC2, ['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'], {
    what: 'an instance',
    profile: 'there',
  }),
  existing('ec2-004', EC2, ['ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'], {
    what: 'a launch template whose next instance',
    profile: 'there',
  }),
  existing('ec2instanceconnect-003', EC2, ['ec2-instance-connect:SendSSHPublicKey', 'ec2:DescribeInstances'], {
    what: 'an instance within reach of SSH',
    profile: 'there',
  }),
  existing('ssm-001', EC2, ['ssm:StartSession'], { what: 'an instance with the SSM agent', profile: 'there' }),
  existing('ssm-002', EC2, ['ssm:SendCommand'], { what: 'an instance with the SSM agent', profile: 'there' }),
  pass('pm-autoscaling', EC2, ['autoscaling:CreateLaunchConfiguration', 'autoscaling:CreateAutoScalingGroup'], { profile: 'there' }),
  existing('pm-autoscaling-existing', EC2, ['autoscaling:CreateAutoScalingGroup'], { what: 'a launch configuration', profile: 'there' }),
  pass('cloudformation-001', CLOUDFORMATION, ['cloudformation:CreateStack']),
  existing('cloudformation-002', CLOUDFORMATION, ['cloudformation:UpdateStack'], { what: 'a stack' }),
  pass('cloudformation-003', CLOUDFORMATION, ['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances']),
  pass('cloudformation-004', CLOUDFORMATION, ['cloudformation:UpdateStackSet'], { hangsOn: 'a stack set to change' }),
  existing('cloudformation-005', CLOUDFORMATION, ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'], {
    what: 'a stack',
  }),
  pass('pm-cloudformation-update', CLOUDFORMATION, ['cloudformation:UpdateStack'], { hangsOn: 'a stack to change' }),
  pass('pm-cloudformation-changeset', CLOUDFORMATION, ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet']),
  pass('codebuild-001', CODEBUILD, ['codebuild:CreateProject', 'codebuild:StartBuild']),
  existing('codebuild-002', CODEBUILD, ['codebuild:StartBuild'], { what: 'a project' }),
  existing('codebuild-003', CODEBUILD, ['codebuild:StartBuildBatch'], { what: 'a project' }),
  pass('codebuild-004', CODEBUILD, ['codebuild:CreateProject', 'codebuild:StartBuildBatch']),
  pass('pm-codebuild-update', CODEBUILD, ['codebuild:UpdateProject', 'codebuild:StartBuild'], { hangsOn: 'a project to change' }),
  pass('ecs-001', ECS, ['ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:CreateService']),
  pass('ecs-002', ECS, ['ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:RunTask']),
  pass('ecs-003', ECS, ['ecs:RegisterTaskDefinition', 'ecs:CreateService'], { hangsOn: 'an ECS cluster' }),
  pass('ecs-004', ECS, ['ecs:RegisterTaskDefinition', 'ecs:RunTask'], { hangsOn: 'an ECS cluster' }),
  pass('ecs-005', ECS, ['ecs:RegisterTaskDefinition', 'ecs:StartTask'], { hangsOn: 'an ECS cluster with a container instance' }),
  pass('glue-001', GLUE, ['glue:CreateDevEndpoint']),
  existing('glue-002', GLUE, ['glue:UpdateDevEndpoint'], { what: 'a development endpoint' }),
  pass('glue-003', GLUE, ['glue:CreateJob', 'glue:StartJobRun']),
  pass('glue-004', GLUE, ['glue:CreateJob', 'glue:CreateTrigger']),
  pass('glue-005', GLUE, ['glue:UpdateJob', 'glue:StartJobRun'], { hangsOn: 'a job to change' }),
  pass('glue-006', GLUE, ['glue:UpdateJob', 'glue:CreateTrigger'], { hangsOn: 'a job to change' }),
  pass('sagemaker-001', SAGEMAKER, ['sagemaker:CreateNotebookInstance'], {
    hangsOn: 'a way into the notebook, such as sagemaker:CreatePresignedNotebookInstanceUrl',
  }),
  pass('sagemaker-002', SAGEMAKER, ['sagemaker:CreateTrainingJob']),
  pass('sagemaker-003', SAGEMAKER, ['sagemaker:CreateProcessingJob']),
  existing('sagemaker-004', SAGEMAKER, ['sagemaker:CreatePresignedNotebookInstanceUrl'], { what: 'a notebook instance' }),
  existing(
    'sagemaker-005',
    SAGEMAKER,
    [
      'sagemaker:CreateNotebookInstanceLifecycleConfig',
      'sagemaker:StopNotebookInstance',
      'sagemaker:UpdateNotebookInstance',
      'sagemaker:StartNotebookInstance',
    ],
    { what: 'a notebook instance' },
  ),
  pass('apprunner-001', 'tasks.apprunner.amazonaws.com', ['apprunner:CreateService']),
  existing('apprunner-002', 'tasks.apprunner.amazonaws.com', ['apprunner:UpdateService'], { what: 'a service' }),
  pass('bedrock-001', AGENTCORE, [
    'bedrock-agentcore:CreateCodeInterpreter',
    'bedrock-agentcore:StartCodeInterpreterSession',
    'bedrock-agentcore:InvokeCodeInterpreter',
  ]),
  existing('bedrock-002', AGENTCORE, ['bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter'], {
    what: 'a code interpreter',
  }),
  pass('datapipeline-001', 'datapipeline.amazonaws.com', [
    'datapipeline:CreatePipeline',
    'datapipeline:PutPipelineDefinition',
    'datapipeline:ActivatePipeline',
  ]),
];

/** Every row; of rows that lead to the same the first that holds is told, so the plain ones stand first. */
export const ESCALATION_ROWS: readonly EscalationRow[] = [...SELF, ...OVER_OTHERS, ...BY_SERVICE, ...BY_CLUSTER];
