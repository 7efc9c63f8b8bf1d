'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { STATUS_KEY } from '../api/use-status.ts';
import { postSnapshot, type Upload } from './post-snapshot.ts';

export interface UploadState {
  readonly phase: 'idle' | 'sending' | 'reading' | 'done' | 'failed';
  readonly name: string;
  readonly sent: number;
  readonly total: number;
  readonly error?: Error;
}

const IDLE: UploadState = { phase: 'idle', name: '', sent: 0, total: 0 };

/** Sends one file at a time; when the server has read it, everything on screen is about the new data. */
export function useUpload(): { readonly state: UploadState; readonly send: (file: File) => void; readonly cancel: () => void } {
  const client = useQueryClient();
  const [state, setState] = useState<UploadState>(IDLE);
  const upload = useRef<Upload>(undefined);

  const send = (file: File) => {
    upload.current?.cancel();
    const now = postSnapshot(file, (sent, total) =>
      setState({ phase: sent < total ? 'sending' : 'reading', name: file.name, sent, total }),
    );
    upload.current = now;
    setState({ phase: 'sending', name: file.name, sent: 0, total: file.size });
    now.answer.then(
      (status) => {
        client.setQueryData(STATUS_KEY, status);
        setState({ phase: 'done', name: file.name, sent: file.size, total: file.size });
      },
      (error: Error) => {
        if (upload.current !== now) return;
        setState(error.name === 'AbortError' ? IDLE : { phase: 'failed', name: file.name, sent: 0, total: file.size, error });
        void client.invalidateQueries({ queryKey: STATUS_KEY });
      },
    );
  };
  return { state, send, cancel: () => upload.current?.cancel() };
}
