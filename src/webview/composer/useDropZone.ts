// The whole view takes what is dropped; while something that it can use is dragged over it, the composer says so.
import { useEffect, useRef, useState } from 'preact/hooks';
import { carriesContext } from './transfer.ts';

export function useDropZone(take: (event: DragEvent) => void): boolean {
  const [isDropping, setDropping] = useState(false);
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const over = new AbortController();
    const { signal } = over;
    document.addEventListener('dragover', (event) => {
      if (!carriesContext(event.dataTransfer)) return;
      event.preventDefault();
      setDropping(true);
    }, { signal });
    // Between two elements of the view the drag has a next one; out of it there is none.
    document.addEventListener('dragleave', (event) => {
      if (event.relatedTarget === null) setDropping(false);
    }, { signal });
    document.addEventListener('drop', (event) => {
      setDropping(false);
      latest.current(event);
    }, { signal });
    return () => over.abort();
  }, []);
  return isDropping;
}
