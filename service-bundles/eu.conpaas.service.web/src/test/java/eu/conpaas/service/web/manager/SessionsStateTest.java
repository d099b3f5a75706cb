package eu.conpaas.service.web.manager;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What is read out of what Redis says of itself. */
class SessionsStateTest {
    private static String copy(String link, String sync, String down) {
        return "role:slave\r\nmaster_link_status:" + link + "\r\nmaster_sync_in_progress:" + sync + "\r\n"
                + (down == null ? "" : "master_link_down_since_seconds:" + down + "\r\n");
    }

    @Test
    void aCopyIsGoodIfItFollowedToTheEnd() {
        assertTrue(Sessions.hasFollowed(copy("up", "0", null)));
        assertTrue(Sessions.hasFollowed(copy("down", "0", "8")));
        assertTrue(Sessions.hasFollowed("role:master\r\n"), "a manager that has ended meanwhile found it so");
        assertFalse(Sessions.hasFollowed(copy("down", "0", "-1")), "it never followed");
        assertFalse(Sessions.hasFollowed(copy("down", "1", "3")), "it was copying");
        assertFalse(Sessions.hasFollowed(copy("down", "0", "4000")), "it lost its store long ago");
    }

    @Test
    void allIsCopiedWhenItIsOnDisk() {
        String done = "loading:0\r\naof_enabled:1\r\naof_rewrite_in_progress:0\r\naof_rewrite_scheduled:0\r\naof_last_bgrewrite_status:ok\r\n"
                + "aof_last_write_status:ok\r\nmaster_link_status:up\r\n";
        assertTrue(Sessions.isCopied(done));
        assertFalse(Sessions.isCopied(done.replace("in_progress:0", "in_progress:1")));
        assertFalse(Sessions.isCopied(done.replace("link_status:up", "link_status:down")));
    }
}
