import net from 'node:net';

const reasons = {
  EADDRINUSE: ({ port, portVariable }) => `Port ${port} is taken. Stop what listens there, or set ${portVariable} to a free one.`,
  EACCES: ({ port, portVariable }) => `Port ${port} may not be used by this user. Set ${portVariable} to one from 1024 up.`,
  EADDRNOTAVAIL: ({ host, hostVariable }) =>
    `${host} is not an address of this machine. Set ${hostVariable} to one that is, or to 0.0.0.0 for all.`,
  EAFNOSUPPORT: ({ host, hostVariable }) =>
    `This machine knows no addresses such as ${host}. Set ${hostVariable} to 127.0.0.1, or to 0.0.0.0 for all.`,
  ENOTFOUND: ({ host, hostVariable }) => `There is no host ${host}. Set ${hostVariable} to a name or an address of this machine.`,
  EAI_AGAIN: ({ host, hostVariable }) => `The name ${host} cannot be looked up now. Set ${hostVariable} to an address of this machine.`,
};

/** @throws naming the variable that moves it, if nothing can listen there: most often because something does already. */
export async function expectFree(port, host, portVariable, hostVariable) {
  await new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', (error) => {
      const explain = reasons[error.code];
      reject(explain ? new Error(explain({ port, host, portVariable, hostVariable })) : error);
    });
    server.listen(port, host, () => server.close(resolve));
  });
}
