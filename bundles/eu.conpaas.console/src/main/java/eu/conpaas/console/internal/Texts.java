package eu.conpaas.console.internal;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** Texts people see; all are in {@code texts.properties}. */
public final class Texts {
    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("eu.conpaas.console.internal.texts", Locale.getDefault(), Texts.class.getClassLoader());

    private Texts() {
    }

    /** The text of a key, with {@code {0}}, {@code {1}}, … replaced. */
    public static String of(String key, Object... arguments) {
        try {
            String text = BUNDLE.getString(key);
            return arguments.length == 0 ? text.replace("''", "'") : new MessageFormat(text, Locale.ROOT).format(arguments);
        } catch (MissingResourceException e) {
            throw new IllegalArgumentException("no text for " + key, e);
        }
    }

    /** The text of a constant, such as a state: that of {@code prefix.NAME} in lower case. */
    public static String of(String prefix, Enum<?> constant) {
        return of(prefix + "." + constant.name().toLowerCase(Locale.ROOT));
    }
}
