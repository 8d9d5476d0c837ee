/** Sites that everybody embeds pages of, and that are nobody's own but theirs. */
const SITES =
  /(?:^|\.)(?:youtube|youtube-nocookie|youtu|vimeo|dailymotion|twitch|tiktok|instagram|facebook|twitter|x|linkedin|reddit|pinterest|spotify|soundcloud|bandcamp|google|giphy|codepen|codesandbox|stackblitz|figma|miro|loom|calendly|typeform|openstreetmap)\.(?:com|be|io|tv|net|org)$/;

/** Whether a host serves pages that are made to be embedded, which work with both tokens alone and cannot reach who embeds them. */
export function isPublicPage(host: string): boolean {
  return SITES.test(host);
}
