package dev.gantry.state.kind.certificates.certificatesigningrequest;

import dev.gantry.model.meta.Resource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * Whom a certificate request wants a certificate for.
 *
 * <p>PKCS#10 begins: SEQUENCE { SEQUENCE { version INTEGER, subject Name, …
 */
public final class RequestedSubject {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;

    private RequestedSubject() {}

    /** Groups, as authentication reads certificates. Empty where the request is none. */
    public static List<String> organizations(Resource request) {
        return Pem.of(Resource.text(request.spec(), "request"))
                .flatMap(each -> subject(each.content()))
                .map(RequestedSubject::organizations)
                .orElse(List.of());
    }

    private static List<String> organizations(X500Principal subject) {
        List<String> found = new ArrayList<>();
        try {
            for (Rdn part : new LdapName(subject.getName(X500Principal.RFC2253)).getRdns()) {
                var values = part.toAttributes().get("O");
                for (int i = 0; values != null && i < values.size(); i++) {
                    found.add(String.valueOf(values.get(i)));
                }
            }
        } catch (NamingException unreadable) {
            return List.of();
        }
        return found;
    }

    private static Optional<X500Principal> subject(byte[] der) {
        Optional<ByteBuffer> info =
                content(ByteBuffer.wrap(der), SEQUENCE).flatMap(each -> content(each, SEQUENCE));
        if (info.isEmpty() || content(info.get(), INTEGER).isEmpty()) {
            return Optional.empty();
        }
        ByteBuffer rest = info.get();
        int start = rest.position();
        if (content(rest, SEQUENCE).isEmpty()) {
            return Optional.empty();
        }
        byte[] name = new byte[rest.position() - start];
        rest.get(start, name);
        try {
            return Optional.of(new X500Principal(name));
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    /** What the next element holds, if it is of the type; {@code from} goes on behind it. */
    private static Optional<ByteBuffer> content(ByteBuffer from, int type) {
        if (from.remaining() < 2 || (from.get() & 0xff) != type) {
            return Optional.empty();
        }
        int length = from.get() & 0xff;
        if (length > 0x7f) {
            int digits = length & 0x7f;
            if (digits > 3 || from.remaining() < digits) {
                return Optional.empty();
            }
            length = 0;
            for (int i = 0; i < digits; i++) {
                length = length << 8 | from.get() & 0xff;
            }
        }
        if (length > from.remaining()) {
            return Optional.empty();
        }
        ByteBuffer content = from.slice(from.position(), length);
        from.position(from.position() + length);
        return Optional.of(content);
    }
}
