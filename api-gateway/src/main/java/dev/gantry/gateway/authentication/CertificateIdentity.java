package dev.gantry.gateway.authentication;

import dev.gantry.model.exchange.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * Compat: {@code CommonNameUserConversion}: the common name is the user, organizations are groups.
 */
public final class CertificateIdentity {
    static final String CREDENTIAL_ID = "authentication.kubernetes.io/credential-id";

    private CertificateIdentity() {}

    /**
     * Empty where the subject has no common name.
     *
     * @param subject the distinguished name in DER
     * @param fingerprint SHA-256 of the certificate in lower-case hex
     */
    public static Optional<Caller> of(byte[] subject, String fingerprint) {
        String user = "";
        List<String> groups = new ArrayList<>();
        for (RDN rdn : X500Name.getInstance(subject).getRDNs()) {
            for (AttributeTypeAndValue each : rdn.getTypesAndValues()) {
                String value = each.getValue() instanceof ASN1String text ? text.getString() : "";
                if (each.getType().equals(BCStyle.CN)) {
                    user = value;
                } else if (each.getType().equals(BCStyle.O) && !value.isEmpty()) {
                    groups.add(value);
                }
            }
        }
        if (user.isEmpty()) {
            return Optional.empty();
        }
        var extra = new TreeMap<String, List<String>>();
        extra.put(CREDENTIAL_ID, List.of("X509SHA256=" + fingerprint));
        return Optional.of(Identity.authenticated(user, "", groups, extra));
    }
}
