package eu.conpaas.tests.demo;

import eu.conpaas.tests.browser.Browser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** The author of a WordPress blog at a browser: completes its installation, signs in, writes a post with a picture. */
public final class Blog implements AutoCloseable {
    private static final String TITLE = ".editor-post-title__input";
    private final URI site;
    private final Browser browser;

    /** @param site address of the blog, ending in a slash */
    public Blog(URI site) throws IOException {
        this.site = site;
        this.browser = Browser.start(1280, 900);
    }

    /** Fills in WordPress's own installation page. */
    public void install(String title, String user, String password) {
        browser.open(site);
        if (browser.has("#language-continue")) {
            browser.click("#language-continue");
        }
        browser.type("#weblog_title", title);
        browser.type("#user_login", user);
        browser.type("#pass1", password);
        if (browser.has(".pw-weak") && browser.run("return document.querySelector('.pw-weak').offsetParent !== null").asBoolean()) {
            browser.click(".pw-checkbox");
        }
        browser.type("#admin_email", "demo@example.org");
        browser.click("#submit");
        if (!browser.text("#wpbody-content, body").contains("Success")) {
            throw new DemoFailed("WordPress did not install itself: " + browser.text("body"));
        }
    }

    /** Signs in. */
    public void login(String user, String password) {
        browser.open(site.resolve("wp-login.php"));
        browser.type("#user_login", user);
        browser.type("#user_pass", password);
        browser.click("#wp-submit");
        browser.await("#wpadminbar");
    }

    /** Writes and publishes a post with a title, a paragraph and a picture that is uploaded. @return its address */
    public URI write(String title, String text, Path picture) {
        browser.open(site.resolve("wp-admin/post-new.php"));
        browser.await(TITLE);
        // The editor greets new users with a dialog.
        browser.run("wp.data.dispatch('core/preferences').set('core/edit-post', 'welcomeGuide', false);"
                + "wp.data.dispatch('core/preferences').set('core/edit-post', 'fullscreenMode', false)");
        browser.write(TITLE, title + "\n");
        browser.write("[data-type='core/paragraph']", text + "\n/image\n");
        browser.choose(".wp-block-image input[type=file]", picture);
        browser.await(".wp-block-image img[src^='http']:not([src^='blob:'])");
        browser.click(".editor-post-publish-panel__toggle");
        browser.click(".editor-post-publish-panel .editor-post-publish-button");
        return URI.create(browser.attribute(".post-publish-panel__postpublish-buttons a, .post-publish-panel__postpublish-header a", "href"));
    }

    /** Reads a post as any visitor's browser shows it. @throws DemoFailed unless title, text and the picture are there */
    public void read(URI post, String title, String text) {
        browser.open(post);
        String page = browser.text("body");
        if (!page.contains(title) || !page.contains(text)) {
            throw new DemoFailed("the post at " + post + " does not have its text");
        }
        browser.run("document.querySelector('.wp-block-image img')?.scrollIntoView({block: 'end'})");
        browser.awaitTrue("const i = document.querySelector('.wp-block-image img'); return i && i.complete && i.naturalWidth > 0");
    }

    /** Takes a picture of what the browser shows. */
    public void picture(Path png) throws IOException {
        browser.picture(png);
    }

    @Override
    public void close() throws IOException {
        browser.close();
    }
}
