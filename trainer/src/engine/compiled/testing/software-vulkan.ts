import { existsSync } from 'node:fs';

const CHROMIUM = '/usr/lib/chromium';

/**
 * What a process needs in its environment to find Chromium's software Vulkan driver, and its loader where the system has none: as Debian's package
 * ships both. Null where it is not there. Must be set before the process starts.
 */
export const softwareVulkan = (): Record<string, string> | null => {
  const driver = `${CHROMIUM}/vk_swiftshader_icd.json`;
  if (!existsSync(driver)) return null;
  const folders = [process.env.LD_LIBRARY_PATH, CHROMIUM].filter((folder) => folder !== undefined && folder !== '');
  return { VK_DRIVER_FILES: process.env.VK_DRIVER_FILES ?? driver, LD_LIBRARY_PATH: folders.join(':') };
};
