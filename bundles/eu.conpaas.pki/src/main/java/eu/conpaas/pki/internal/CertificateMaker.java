package eu.conpaas.pki.internal;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

import javax.security.auth.x500.X500Principal;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import eu.conpaas.api.Role;
import eu.conpaas.pki.Identity;

/** Builds and signs certificates with Bouncy Castle. */
public final class CertificateMaker {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SERIAL_BITS = 128;
    /** Clocks of nodes may be a little behind. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    private CertificateMaker() {
    }

    /** A self-signed CA certificate with the subject of 1.3.1. */
    public static X509Certificate authority(KeyPair pair, Duration life) {
        X500Name name = new X500NameBuilder().addRDN(oid(Names.CN), utf8("CA")).addRDN(oid(Names.O), utf8("ConPaaS"))
                .addRDN(oid(Names.EMAIL), new DERIA5String("info@conpaas.eu")).build();
        Instant now = Instant.now();
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(name, serial(), Date.from(now.minus(SLACK)),
                    Date.from(now.plus(life)), name, pair.getPublic());
            JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(pair.getPublic()));
            return sign(builder, pair.getPrivate());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a CA certificate", e);
        }
    }

    /** A certificate for an identity. */
    public static X509Certificate issue(X509Certificate ca, PrivateKey caKey, Identity identity, PublicKey key, Duration validity,
            List<String> names) {
        Instant now = Instant.now();
        Instant end = now.plus(validity);
        Instant last = ca.getNotAfter().toInstant();
        X500Principal subject = new X500Principal(encoded(subject(identity)));
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(ca.getSubjectX500Principal(), serial(),
                    Date.from(now.minus(SLACK)), Date.from(end.isAfter(last) ? last : end), subject, key);
            JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes(identity.role())));
            builder.addExtension(Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(ca));
            GeneralName[] alternatives = alternatives(identity, names);
            if (alternatives.length > 0) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
            }
            return sign(builder, caKey);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a certificate for " + identity, e);
        }
    }

    /** A user's key only ever calls; all others call and are called. */
    private static KeyPurposeId[] purposes(Role role) {
        return role == Role.USER ? new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth}
                : new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};
    }

    private static X500Name subject(Identity identity) {
        X500NameBuilder name = new X500NameBuilder();
        name.addRDN(oid(Names.UID), utf8(Long.toString(identity.uid())));
        name.addRDN(oid(Names.SERVICE_LOCATOR), utf8(Long.toString(identity.sid())));
        name.addRDN(oid(Names.ROLE), utf8(identity.role().word()));
        if (identity.email() != null && !identity.email().isBlank()) {
            name.addRDN(oid(Names.EMAIL), utf8(identity.email()));
        }
        name.addRDN(oid(Names.CN), utf8(identity.name()));
        boolean conpaas = identity.role() == Role.AGENT || identity.role() == Role.DIRECTOR;
        name.addRDN(oid(Names.O), utf8(conpaas ? "ConPaaS" : "Contrail"));
        return name.build();
    }

    private static GeneralName[] alternatives(Identity identity, List<String> names) {
        List<GeneralName> all = new ArrayList<>();
        if (identity.node() != null) {
            all.add(new GeneralName(GeneralName.uniformResourceIdentifier, Identity.NODE_URI + identity.node()));
        }
        for (String name : names) {
            boolean address = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
            all.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name));
        }
        return all.toArray(GeneralName[]::new);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("the CA's key cannot sign", e);
        }
    }

    /** Exactly 128 random bits, positive, never zero. */
    private static BigInteger serial() {
        BigInteger serial = new BigInteger(SERIAL_BITS, RANDOM);
        return serial.signum() == 0 ? serial() : serial;
    }

    private static byte[] encoded(X500Name name) {
        try {
            return name.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ASN1ObjectIdentifier oid(String dotted) {
        return new ASN1ObjectIdentifier(dotted);
    }

    private static DERUTF8String utf8(String text) {
        return new DERUTF8String(text);
    }
}
