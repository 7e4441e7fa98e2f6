/** What programs that we start get of our environment: not our key, and nothing that makes VS Code's own programs run as parts of it. */
export function childEnvironment(own: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(own).filter(([name]) => !/^(?:RUNAPI_|VSCODE_|ELECTRON_)/i.test(name)));
}
