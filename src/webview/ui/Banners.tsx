import type { JSX } from 'preact';
import { Icon, IconButton } from './Icon.tsx';
import { useView } from '../view.ts';

/** Lines above the transcript that stay until their cause is gone. */
export function Banners(): JSX.Element | null {
  const { state, words, port, transcript } = useView();
  const { banner, restricted, key, notice } = state;
  void state.structure.value;
  const showKey = key.value !== 'present' && transcript.total > 0;
  if (banner.value === undefined && !restricted.value && !showKey && notice.value === undefined) return null;
  return (
    <div class="banners">
      {banner.value === undefined ? null : <div class="banner" role="status"><Icon name="warning" /><span>{banner.value}</span></div>}
      {showKey ? (
        <div class="banner" role="status">
          <Icon name="warning" />
          <span>{words.text(key.value === 'rejected' ? 'keyRejectedTitle' : 'noKeyTitle')}</span>
          <button type="button" class="link-button" onClick={() => port.post({ type: 'set-key' })}>{words.text(key.value === 'rejected' ? 'keyRejectedAction' : 'noKeyAction')}</button>
        </div>
      ) : null}
      {restricted.value ? <div class="banner quiet"><Icon name="shield" /><span>{words.text('restrictedText')}</span></div> : null}
      {notice.value === undefined ? null : (
        <div class="banner" role="status">
          <Icon name="warning" />
          <span>{notice.value}</span>
          <IconButton icon="close" label={words.text('dismiss')} onClick={() => { notice.value = undefined; }} />
        </div>
      )}
    </div>
  );
}
