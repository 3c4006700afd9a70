/** Fonts, icons and translations, served from this origin. */
import { getAssetUrlsByImport } from '@tldraw/assets/imports.vite';

export const assetUrls = getAssetUrlsByImport();

/**
 * tldraw decodes all icons in advance and asks nobody whether that worked. Where it did not (the network is gone, the page is left at
 * that moment) they are fetched once more when they are shown, so this is no fault of the page.
 */
addEventListener('unhandledrejection', event => {
  if (event.reason instanceof DOMException && event.reason.name === 'EncodingError') event.preventDefault();
});
