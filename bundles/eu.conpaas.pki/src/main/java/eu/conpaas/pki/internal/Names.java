package eu.conpaas.pki.internal;

import java.util.LinkedHashMap;
import java.util.Map;

import javax.security.auth.x500.X500Principal;

/** Reads the attributes of a distinguished name by OID. The JDK spells unknown ones in hexadecimal only, so this reads the DER itself. */
public final class Names {
    public static final String UID = "0.9.2342.19200300.100.1.1";
    public static final String ROLE = "2.5.4.72";
    public static final String SERVICE_LOCATOR = "1.3.6.1.5.5.7.48.1.7";
    public static final String EMAIL = "1.2.840.113549.1.9.1";
    public static final String CN = "2.5.4.3";
    public static final String O = "2.5.4.10";

    private Names() {
    }

    /**
     * All attributes by OID in dotted form.
     *
     * @throws IllegalArgumentException if an attribute stands twice: then it would be open which one counts
     */
    public static Map<String, String> read(X500Principal name) {
        Map<String, String> found = new LinkedHashMap<>();
        Der rdns = new Der(name.getEncoded()).enter(Der.SEQUENCE);
        while (rdns.hasMore()) {
            Der set = rdns.enter(Der.SET);
            while (set.hasMore()) {
                Der attribute = set.enter(Der.SEQUENCE);
                String oid = attribute.oid();
                if (found.put(oid, attribute.string()) != null) {
                    throw new IllegalArgumentException("attribute " + oid + " stands twice");
                }
            }
        }
        return found;
    }
}
