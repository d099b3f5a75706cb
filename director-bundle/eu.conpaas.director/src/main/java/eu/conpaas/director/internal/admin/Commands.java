package eu.conpaas.director.internal.admin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import eu.conpaas.api.ApiException;
import eu.conpaas.cloud.CloudDriver;
import eu.conpaas.director.internal.account.Ledger;
import eu.conpaas.director.internal.account.User;
import eu.conpaas.director.internal.account.Users;
import eu.conpaas.director.internal.config.ConfigReader;
import eu.conpaas.director.internal.config.DirectorConfig;
import eu.conpaas.director.internal.store.Database;

/** The administration commands: {@code init}, {@code adduser}, {@code admin}, {@code check}, {@code purge}. */
public final class Commands {
    /** How a command line is to be. */
    public static final String USAGE = """
            usage: director [--data DIR] COMMAND
              init [HOST[:PORT]]                      make or complete the folder; keeps the CA
              adduser [EMAIL USERNAME [PASSWORD]] [--credit N] [--admin] [--password-stdin]
              admin USERNAME                          make a user an administrator
              check                                   look whether all is well
              run                                     run the director (default)
              purge --yes                             end all nodes and networks of this director on its clouds, before its folder is removed
            The folder is DIR, else that of the file DIRECTOR_CFG names, else /etc/cpsdirector for root
            and ~/.local/share/conpaas for others.""";
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG = 2;
    private static final String CONFIG = "director.cfg";

    private final Map<String, CloudDriver> drivers;
    private final UnaryOperator<DirectorConfig> complete;

    /** @param complete fills in what the product knows, such as where its node product is */
    public Commands(Map<String, CloudDriver> drivers, UnaryOperator<DirectorConfig> complete) {
        this.drivers = drivers;
        this.complete = complete;
    }

    /** A command line taken apart. */
    public record Line(Path config, String command, List<String> words) {
        /** @throws IllegalArgumentException if {@code --data} has no folder */
        public static Line of(String... args) {
            String named = System.getenv("DIRECTOR_CFG");
            Path config = named == null || named.isBlank() ? usual() : Path.of(named);
            List<String> words = new ArrayList<>(List.of(args));
            int data = words.indexOf("--data");
            if (data >= 0) {
                if (data + 1 >= words.size()) {
                    throw new IllegalArgumentException("--data needs a folder");
                }
                config = Path.of(words.remove(data + 1), CONFIG);
                words.remove(data);
            }
            String command = words.isEmpty() ? "run" : words.removeFirst();
            return new Line(config.toAbsolutePath(), command, List.copyOf(words));
        }

        /** Where root has had it since 1.3.1, and where others may write. */
        private static Path usual() {
            return System.getProperty("user.name").equals("root") ? Path.of("/etc/cpsdirector", CONFIG)
                    : Path.of(System.getProperty("user.home"), ".local/share/conpaas", CONFIG);
        }
    }

    /** Runs a command other than {@code run}. @return exit code: 0 done, 1 failed, 2 wrong command line */
    public int run(Line line) {
        try {
            return switch (line.command) {
                case "init" -> init(line);
                case "adduser" -> addUser(line);
                case "admin" -> makeAdministrator(line);
                case "check" -> new Check(System.out::println).run(line.config, drivers, complete) ? OK : FAILED;
                case "purge" -> purge(line);
                case "help", "--help", "-h" -> usage(OK);
                default -> usage(WRONG);
            };
        } catch (ApiException e) {
            System.err.println(e.error().cause() + "\n" + e.error().next());
            return FAILED;
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return FAILED;
        }
    }

    private int purge(Line line) {
        if (!line.words.equals(List.of("--yes"))) {
            return usage(WRONG);
        }
        Purge.run(complete.apply(ConfigReader.read(line.config)), drivers, System.out::println);
        return OK;
    }

    private static int usage(int code) {
        (code == OK ? System.out : System.err).println(USAGE);
        return code;
    }

    private static int init(Line line) throws IOException {
        if (line.words.size() > 1) {
            return usage(WRONG);
        }
        new Setup(line.config).run(line.words.isEmpty() ? null : line.words.getFirst(), true).forEach(System.out::println);
        return OK;
    }

    private static int addUser(Line line) throws IOException {
        List<String> words = new ArrayList<>(line.words);
        boolean fromInput = words.remove("--password-stdin");
        boolean admin = words.remove("--admin");
        int credit = credit(words);
        if (words.size() > 3 || words.stream().anyMatch(w -> w.startsWith("--"))) {
            return usage(WRONG);
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String first = words.isEmpty() ? ask(in, "E-mail: ") : words.get(0);
        String second = words.size() < 2 ? ask(in, "User name: ") : words.get(1);
        boolean swapped = !first.contains("@") && second.contains("@");
        String password = words.size() == 3 ? words.get(2) : fromInput ? in.readLine() : newPassword(in);
        if (password == null || password.isEmpty()) {
            throw new IllegalArgumentException("The password is empty.");
        }
        DirectorConfig config = ConfigReader.read(line.config);
        try (Database database = new Database(config.database())) {
            Clock clock = Clock.systemUTC();
            Ledger ledger = new Ledger(clock, config.enforceCredit());
            User user = new Users(database, ledger, clock, config.maxCredit(), credit < 0 ? config.initialCredit() : credit)
                    .addByAdministrator(swapped ? second : first, swapped ? first : second, password, admin);
            System.out.println("Added " + (admin ? "administrator " : "user ") + user.username() + " (uid " + user.uid() + ") with " + database.read(s -> Ledger.credit(s, user.uid())) + " credits.");
        }
        return OK;
    }

    private static int makeAdministrator(Line line) {
        if (line.words.size() != 1) {
            return usage(WRONG);
        }
        try (Database database = new Database(ConfigReader.read(line.config).database())) {
            User user = database.write(s -> {
                User found = Users.get(s, line.words.getFirst()).active();
                s.run("UPDATE user SET admin = 1 WHERE uid = ?", found.uid());
                return found;
            });
            System.out.println(user.username() + " (uid " + user.uid() + ") is an administrator.");
        }
        return OK;
    }

    /** Takes {@code --credit N} out of the words; −1 if it is not there. */
    private static int credit(List<String> words) {
        int at = words.indexOf("--credit");
        if (at < 0) {
            return -1;
        }
        if (at + 1 >= words.size() || !words.get(at + 1).matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("--credit needs a whole number that is not negative");
        }
        int credit = Integer.parseInt(words.remove(at + 1));
        words.remove(at);
        return credit;
    }

    private static String ask(BufferedReader in, String prompt) throws IOException {
        System.out.print(prompt);
        System.out.flush();
        String answer = in.readLine();
        if (answer == null || answer.isBlank()) {
            throw new IllegalArgumentException("Nothing was entered.");
        }
        return answer.strip();
    }

    private static String newPassword(BufferedReader in) throws IOException {
        String first = secret(in, "Password: ");
        if (!first.equals(secret(in, "Again: "))) {
            throw new IllegalArgumentException("The passwords differ.");
        }
        return first;
    }

    private static String secret(BufferedReader in, String prompt) throws IOException {
        if (System.console() != null && System.console().isTerminal()) {
            return new String(System.console().readPassword("%s", prompt));
        }
        return ask(in, prompt);
    }
}
