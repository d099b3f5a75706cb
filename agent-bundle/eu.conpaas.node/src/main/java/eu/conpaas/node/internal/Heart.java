package eu.conpaas.node.internal;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.Enrolment;
import eu.conpaas.api.Heartbeat;
import eu.conpaas.api.NodeContext;
import eu.conpaas.api.Protocol;
import eu.conpaas.client.NodeLink;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Keys;
import eu.conpaas.service.runtime.Failpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the director at intervals that the node is there, renews its certificate before half of its life is over, and ends the engines when told. */
final class Heart {
    private static final Logger LOG = LoggerFactory.getLogger(Heart.class);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final String boot = UUID.randomUUID().toString();
    private final NodeLink link;
    private final NodeContext context;
    private final KeyMaterial keys;
    private final Path secret;
    private boolean ended;

    Heart(NodeLink link, NodeContext context, KeyMaterial keys, Path secret) {
        this.link = link;
        this.context = context;
        this.keys = keys;
        this.secret = secret;
    }

    /** Beats until stopped. */
    void run(Part part, Common common, int port) throws InterruptedException {
        int interval = context.heartbeat();
        boolean heard = true;
        do {
            try {
                Failpoint.NODE_BEFORE_HEARTBEAT.reached();
                String trouble = ended ? null : part.trouble();
                Heartbeat.Answer answer = link.heartbeat(new Heartbeat(Protocol.VERSION, Release.text(), context.address(), port, boot, trouble == null,
                        trouble, common.metrics().latest()));
                interval = Math.max(1, answer.interval());
                heard = true;
                obey(answer, part);
            } catch (ApiException e) {
                if (heard) {
                    LOG.warn("the director does not answer: {}", e.getMessage());
                }
                heard = false;
            } catch (IOException | RuntimeException e) {
                LOG.error("heartbeat", e);
            }
        } while (!stopped.await(interval, TimeUnit.SECONDS));
    }

    private void obey(Heartbeat.Answer answer, Part part) throws IOException {
        if (answer.end() && !ended) {
            LOG.info("the node is no longer wanted");
            ended = true;
            Failpoint.NODE_ENDING.reached();
            part.end();
        } else if (!ended && (answer.renew() || isHalfOver(keys.current().certificate()))) {
            renew();
        }
    }

    private static boolean isHalfOver(X509Certificate certificate) {
        long from = certificate.getNotBefore().getTime();
        return System.currentTimeMillis() > from + (certificate.getNotAfter().getTime() - from) / 2;
    }

    private void renew() throws IOException {
        Failpoint.NODE_BEFORE_RENEW.reached();
        KeyPair pair = Keys.generate();
        Enrolment.Answer answer = link.renew(pair);
        NodeIdentity renewed = NodeIdentity.of(answer, pair);
        renewed.write(secret);
        keys.replace(renewed.credentials());
        LOG.info("certificate renewed, valid until {}", renewed.credentials().certificate().getNotAfter());
    }

    void stop() {
        stopped.countDown();
    }
}
