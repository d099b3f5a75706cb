package eu.conpaas.director.internal.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.director.internal.account.Ledger;
import eu.conpaas.director.internal.account.User;
import eu.conpaas.director.internal.account.Users;
import eu.conpaas.director.internal.config.DirectorConfig;
import eu.conpaas.director.internal.security.Certificates;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.pki.Credentials;

/** The one who has a director in the own desktop: an administrator who signs in with credentials in the data folder and needs no password. */
public final class Owner {
    private static final Logger LOG = LoggerFactory.getLogger(Owner.class);
    private static final Duration SOON = Duration.ofDays(60);
    private static final String NAME = "owner";

    private Owner() {
    }

    /** Makes the owner and its credentials where they are missing, and renews credentials that end soon. Called before the director starts. */
    public static void ensure(DirectorConfig config, Path folder) {
        Clock clock = Clock.systemUTC();
        try (Database database = new Database(config.database())) {
            Optional<Credentials> present = read(folder);
            Optional<User> user = present.flatMap(c -> database.read(s -> Users.byId(s, c.identity().uid()))).or(() -> database.read(s -> Users.find(s, NAME)));
            boolean fresh = present.filter(c -> c.certificate().getNotAfter().toInstant().isAfter(clock.instant().plus(SOON))).isPresent();
            if (user.isPresent() && fresh) {
                return;
            }
            Users users = new Users(database, new Ledger(clock, config.enforceCredit()), clock, config.maxCredit(), config.initialCredit());
            User owner = user.orElseGet(() -> users.addByAdministrator(Map.of("username", NAME, "email", NAME + "@" + config.host()), true, config.initialCredit()));
            new Certificates(database, config.certDir(), clock, config.certificate()).issueUser(owner).write(folder);
        } catch (IOException e) {
            throw new ApiException(ErrorCode.UNAVAILABLE, "The owner's credentials cannot be written to " + folder + ": " + e.getMessage(),
                    "Choose a folder you may write to.", e);
        }
    }

    private static Optional<Credentials> read(Path folder) {
        try {
            return Files.isDirectory(folder) ? Optional.of(Credentials.read(folder)) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("The owner's credentials in {} are made anew: {}", folder, e.getMessage());
            return Optional.empty();
        }
    }
}
