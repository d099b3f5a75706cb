package eu.conpaas.service.git.internal;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The SSH server: user {@code git}, the uploaded keys, two commands, and nothing else. */
final class SshDoor implements AutoCloseable {
    /** Where SSH is looked for. */
    static final int PORT = 22;
    private static final Logger LOG = LoggerFactory.getLogger(SshDoor.class);
    private static final String USER = "git";
    /** Where it is if the usual port is not allowed or taken; the last is any. */
    private static final List<Integer> PORTS = List.of(PORT, 8022, 0);
    private static final int MOST_SESSIONS = 16;
    private static final Duration LOGIN = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final AttributeRepository.AttributeKey<String> KEY = new AttributeRepository.AttributeKey<>();
    private final String address;
    private final SshServer ssh;
    private final AtomicInteger sessions = new AtomicInteger();
    private volatile Set<String> keys = Set.of();

    SshDoor(String address, KeyPair hostKey, GitServer server) {
        this.address = address;
        ssh = SshServer.setUpDefaultServer();
        ssh.setHost(address);
        ssh.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        ssh.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        ssh.setPublickeyAuthenticator(this::isAllowed);
        ssh.setPasswordAuthenticator(null);
        ssh.setKeyboardInteractiveAuthenticator(null);
        ssh.setHostBasedAuthenticator(null);
        ssh.setGSSAuthenticator(null);
        ssh.setShellFactory(channel -> GitCommand.noShell());
        ssh.setSubsystemFactories(List.of());
        ssh.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        ssh.setAgentFactory(null);
        ssh.setCommandFactory((channel, command) -> GitCommand.of(command, server, channel.getSession().getAttribute(KEY)));
        ssh.setSignatureFactories(ssh.getSignatureFactories().stream().filter(f -> !f.getName().equals(KeyPairProvider.SSH_RSA) && !f.getName().contains("dss")).toList());
        ssh.setNioWorkers(2);
        CoreModuleProperties.SERVER_IDENTIFICATION.set(ssh, "CONPAAS");
        CoreModuleProperties.AUTH_TIMEOUT.set(ssh, LOGIN);
        CoreModuleProperties.IDLE_TIMEOUT.set(ssh, IDLE);
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(ssh, 10);
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(ssh, 2);
        ssh.setIoServiceEventListener(new Counter());
        ssh.addSessionListener(new Counted());
    }

    /** Listens, at the first port it may. */
    void open(Set<String> allowed) throws IOException {
        keys = allowed;
        for (int port : PORTS) {
            try {
                ssh.setPort(port);
                ssh.start();
                return;
            } catch (IOException e) {
                if (port == 0) {
                    throw e;
                }
                LOG.info("port {} cannot be used for Git: {}", port, e.getMessage());
                ssh.stop(true);
            }
        }
        throw new BindException("no port is free");
    }

    String address() {
        return address;
    }

    int port() {
        return ssh.getPort();
    }

    private boolean isAllowed(String user, PublicKey key, ServerSession session) {
        String text = PublicKeyEntry.toString(key);
        boolean allowed = USER.equals(user) && keys.contains(text);
        String fingerprint = KeyUtils.getFingerPrint(key);
        if (allowed) {
            session.setAttribute(KEY, fingerprint);
        } else {
            LOG.info("user {} with key {} is refused", user.replaceAll("[^A-Za-z0-9._-]", "?"), fingerprint);
        }
        return allowed;
    }

    /** Lets in these keys from now on, and throws out who came with another. */
    void keys(Set<String> allowed) {
        if (!allowed.equals(keys)) {
            keys = allowed;
            Set<String> fingerprints = new java.util.HashSet<>();
            allowed.forEach(k -> fingerprints.add(fingerprint(k)));
            for (AbstractSession session : ssh.getActiveSessions()) {
                String key = session.getAttribute(KEY);
                if (key != null && !fingerprints.contains(key)) {
                    session.close(true);
                }
            }
        }
    }

    private static String fingerprint(String key) {
        try {
            return KeyUtils.getFingerPrint(PublicKeyEntry.parsePublicKeyEntry(key).resolvePublicKey(null, null, null));
        } catch (IOException | java.security.GeneralSecurityException e) {
            LOG.info("a key cannot be read: {}", e.getMessage());
            return "";
        }
    }

    @Override
    public void close() {
        try {
            ssh.stop(true);
        } catch (IOException e) {
            LOG.info("the SSH server did not stop cleanly: {}", e.getMessage());
        }
    }

    /** Takes so many connections and no more. */
    private final class Counter implements IoServiceEventListener {
        @Override
        public void connectionAccepted(IoAcceptor acceptor, SocketAddress local, SocketAddress remote, SocketAddress service) throws IOException {
            if (sessions.get() >= MOST_SESSIONS) {
                throw new IOException("there are " + MOST_SESSIONS + " connections already");
            }
        }
    }

    private final class Counted implements SessionListener {
        @Override
        public void sessionCreated(Session session) {
            sessions.incrementAndGet();
        }

        @Override
        public void sessionClosed(Session session) {
            sessions.decrementAndGet();
        }
    }
}
