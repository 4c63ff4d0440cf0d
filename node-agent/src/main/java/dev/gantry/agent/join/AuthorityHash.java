package dev.gantry.agent.join;

import dev.gantry.model.digest.Sha256;
import java.security.PublicKey;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hash of an authority's public key, by which a person says which cluster is meant.
 *
 * <p>Compat: kubeadm's {@code --discovery-token-ca-cert-hash}: SHA-256 of the key as it stands in
 * the certificate.
 */
public record AuthorityHash(String hexadecimal) {
    private static final Pattern FORM = Pattern.compile("sha256:([0-9a-fA-F]{64})");

    public static Optional<AuthorityHash> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new AuthorityHash(form.group(1).toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    public static AuthorityHash of(PublicKey key) {
        return new AuthorityHash(Sha256.hex(key.getEncoded()));
    }

    @Override
    public String toString() {
        return "sha256:" + hexadecimal;
    }
}
