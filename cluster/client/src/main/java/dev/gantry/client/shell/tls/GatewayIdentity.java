package dev.gantry.client.shell.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;

/**
 * The API gateway, as those behind it know it: it has authenticated and authorized what it passes
 * on, so that they let it in without a question.
 */
public final class GatewayIdentity {
    public static final String NAME = "system:gantry:gateway";

    private GatewayIdentity() {}

    /** Of a certificate that the cluster's authority signed, which TLS has checked. */
    public static boolean isShownBy(X509Certificate certificate) {
        return isNamedBy(certificate.getSubjectX500Principal());
    }

    static boolean isNamedBy(X500Principal subject) {
        try {
            return new LdapName(subject.getName())
                    .getRdns().stream()
                            .filter(each -> each.getType().equalsIgnoreCase("CN"))
                            .map(each -> String.valueOf(each.getValue()))
                            .toList()
                            .equals(List.of(NAME));
        } catch (InvalidNameException unreadable) {
            return false;
        }
    }
}
