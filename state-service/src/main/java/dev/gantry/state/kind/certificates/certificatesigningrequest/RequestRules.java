package dev.gantry.state.kind.certificates.certificatesigningrequest;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compat: {@code validateCertificateSigningRequest}. */
final class RequestRules {
    private static final List<String> USAGES =
            List.of(
                    "any",
                    "cert sign",
                    "client auth",
                    "code signing",
                    "content commitment",
                    "crl sign",
                    "data encipherment",
                    "decipher only",
                    "digital signature",
                    "email protection",
                    "encipher only",
                    "ipsec end system",
                    "ipsec tunnel",
                    "ipsec user",
                    "key agreement",
                    "key encipherment",
                    "microsoft sgc",
                    "netscape sgc",
                    "ocsp signing",
                    "s/mime",
                    "server auth",
                    "signing",
                    "timestamping");
    private static final int LEAST_SECONDS = 600;

    private RequestRules() {}

    static void check(Field root) {
        Field spec = root.child("spec");
        Field request = spec.child("request");
        if (!Pem.of(request.text()).map(Pem::type).orElse("").equals("CERTIFICATE REQUEST")) {
            request.invalidAs(
                    request.isSet() ? '"' + request.text() + '"' : "null",
                    "PEM block type must be CERTIFICATE REQUEST");
        }
        usages(spec.child("usages"));
        Field signer = spec.child("signerName");
        if (signer.text().equals("kubernetes.io/legacy-unknown")) {
            signer.invalid("the legacy signerName is not allowed via this API version");
        } else {
            signer(signer);
        }
        Field seconds = spec.child("expirationSeconds");
        if (seconds.isSet() && seconds.number() < LEAST_SECONDS) {
            seconds.invalid("may not specify a duration less than 600 seconds (10 minutes)");
        }
    }

    private static void usages(Field usages) {
        if (usages.isEmpty()) {
            usages.required("");
        }
        for (Field usage : usages.items()) {
            if (!USAGES.contains(usage.text())) {
                usage.notSupported(USAGES);
            }
        }
        Set<String> seen = new TreeSet<>();
        for (Field usage : usages.items()) {
            if (!seen.add(usage.text())) {
                usage.duplicate();
            }
        }
    }

    /** {@code example.com/signer}. Compat: {@code ValidateSignerName}. */
    private static void signer(Field signer) {
        String text = signer.text();
        if (text.isEmpty()) {
            signer.required("");
            return;
        }
        String[] parts = text.split("/", -1);
        if (parts.length != 2) {
            signer.invalid(
                    "must be a fully qualified domain and path of the form"
                            + " 'example.com/signer-name'");
            return;
        }
        String domain = parts[0];
        String[] labels = domain.split("\\.", -1);
        for (String label : labels) {
            Names.dnsLabel(label).forEach(each -> signer.invalidText(domain, of(label, each)));
        }
        if (labels.length < 2) {
            signer.invalidText(
                    domain, "should be a domain with at least two segments separated by dots");
        }
        String path = parts[1];
        Names.dnsSubdomain(path).forEach(each -> signer.invalidText(path, of(path, each)));
    }

    private static String of(String label, String why) {
        return "validating label \"%s\": %s".formatted(label, why);
    }
}
