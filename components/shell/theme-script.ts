import { THEME_KEY } from '../ui/theme-key.ts';

/** Runs before the first paint, so that a chosen theme does not flash. Storage may be forbidden: then the system decides. */
export const THEME_SCRIPT = `try{var t=localStorage.getItem(${JSON.stringify(THEME_KEY)});if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch(e){}`;
