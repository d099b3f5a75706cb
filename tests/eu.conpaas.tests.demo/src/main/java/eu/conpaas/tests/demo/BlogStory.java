package eu.conpaas.tests.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** WordPress on a PHP and a MySQL service, as in the tutorial: installed, written to and read by a browser while both services are scaled. */
final class BlogStory extends Story {
    private static final String AUTHOR = "admin";
    private static final String POST = "Hello from ConPaaS";
    private static final String TEXT = "Written in a browser while the site is served.";
    private static final String DATABASE = "wordpress";
    private Service mysql;
    private Service php;
    private URI post;

    BlogStory(Screen screen, Shell shell, Path root, Path folder, String password) {
        super(screen, shell, root, folder, password);
    }

    @Override
    URI tell() throws IOException {
        screen.title("A MySQL service with a database for the blog");
        shell.cli("createapp", APPLICATION);
        mysql = Service.create(shell, "mysql", APPLICATION);
        shell.cli("mysql", "set_mysql_config", mysql.sid(), "database", DATABASE);
        mysql.planned("start");
        shell.cliWith(password, "mysql", "set_password", mysql.sid(), "--password-stdin");
        screen.title("WordPress from Debian's package, unpacked and made self-contained");
        Path archive = archive("wordpress.sh", "wordpress.tar.gz", null);
        screen.title("A PHP service that is told of the database by reference");
        php = Service.create(shell, "php", APPLICATION);
        String version = php.upload(archive);
        shell.cli("php", "set_php_config", php.sid(), "persistent_paths", "wp-content/uploads");
        variable("DB_HOST", "${mysql.address}");
        variable("DB_NAME", "${mysql.database}");
        variable("DB_USER", "${mysql.user}");
        shell.cliWith(password, "php", "set_environment", php.sid(), "DB_PASSWORD", "-");
        shell.cli("enable_code", php.sid(), version);
        php.planned("start");
        URI site = php.address();
        try (Blog blog = new Blog(site)) {
            blogged(blog, site);
        }
        return site;
    }

    private void variable(String name, String value) throws IOException {
        shell.cli("php", "set_environment", php.sid(), name, value);
    }

    private void blogged(Blog blog, URI site) throws IOException {
        screen.title("WordPress's own installation page, filled in by a browser");
        blog.install("A blog on ConPaaS", AUTHOR, password);
        blog.login(AUTHOR, password);
        screen.say("The blog answers at " + site + ". Its author is '" + AUTHOR + "'; the password is in " + shownPassword() + ".");
        screen.title("A post with a picture");
        post = blog.write(POST, TEXT, Painting.png(file("sunrise.png")));
        blog.picture(file("wordpress-editor.png"));
        read(blog, "just published");
        blog.picture(file("wordpress.png"));
        try (Traffic traffic = Traffic.blog(screen, site)) {
            scaled(traffic, blog, "from one node to three backends", () -> php.planned("add_nodes", "2", "0", "0"));
            scaled(traffic, blog, "a replica of the database", () -> mysql.planned("add_nodes", "1"));
            scaled(traffic, blog, "one backend again", () -> php.planned("remove_nodes", "2", "0", "0"));
            scaled(traffic, blog, "the database without its replica", () -> mysql.planned("remove_nodes", "1"));
            screen.say("In all: " + Traffic.line(traffic.total()));
        }
        screen.title("Stop and start");
        php.planned("stop");
        mysql.planned("stop");
        mysql.planned("start");
        php.planned("start");
        read(blog, "after stop and start");
    }

    private void scaled(Traffic traffic, Blog blog, String name, Step step) throws IOException {
        phase(traffic, name, step);
        read(blog, "after '" + name + "'");
    }

    private void read(Blog blog, String when) {
        blog.read(post, POST, TEXT);
        screen.say("The post and its picture are there, " + when + ".");
    }
}
