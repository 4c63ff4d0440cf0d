package dev.gantry.state.strategy.pod;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoText;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Names;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A volume put together from several sources. Compat: {@code validateProjectionSources}. */
final class ProjectedRules {
    private static final long LEAST_SECONDS = 600;
    private static final long MOST_SECONDS = 1L << 32;
    private static final List<String> SOURCES =
            List.of(
                    "secret",
                    "configMap",
                    "downwardAPI",
                    "serviceAccountToken",
                    "clusterTrustBundle",
                    "podCertificate");

    private final Field volume;
    private final Set<String> paths = new TreeSet<>();

    private ProjectedRules(Field volume) {
        this.volume = volume;
    }

    static void check(Field volume) {
        PathRules.fileMode(volume.child("defaultMode"));
        var rules = new ProjectedRules(volume);
        volume.child("sources").items().forEach(rules::source);
    }

    private void source(Field source) {
        int count = 0;
        for (String name : SOURCES) {
            if (source.has(name)) {
                count++;
                sourceOf(name, source.child(name));
            }
        }
        if (count > 1) {
            source.forbidden("may not specify more than 1 volume type per source");
        }
    }

    private void sourceOf(String name, Field source) {
        switch (name) {
            case "secret", "configMap" -> keys(source);
            case "downwardAPI" -> {
                for (Field file : source.child("items").items()) {
                    VolumeSourceRules.downwardFile(file.at(source.path()));
                    unique(file.text("path"), file.text("path"));
                }
            }
            case "serviceAccountToken" -> token(source);
            case "clusterTrustBundle" -> trustBundle(source);
            default -> certificate(source);
        }
    }

    private void keys(Field source) {
        VolumeSourceRules.required(source, "name");
        for (Field item : source.child("items").items()) {
            VolumeSourceRules.keyToPath(item);
            unique(item.text("path"), source.text("name"));
        }
    }

    /** Compat: what is shown is the name of the source, or the path where it has none. */
    private void unique(String path, String shown) {
        if (!path.isEmpty() && !paths.add(path)) {
            volume.invalidText(shown, "conflicting duplicate paths");
        }
    }

    /** Compat: the path of a token is reported at the volume. */
    private void token(Field token) {
        Field seconds = token.child("expirationSeconds");
        if (seconds.number() < LEAST_SECONDS) {
            seconds.invalid("may not specify a duration less than 10 minutes");
        }
        if (seconds.number() > MOST_SECONDS) {
            seconds.invalid("may not specify a duration larger than 2^32 seconds");
        }
        Field path = token.child("path").at(volume.path() + ".path");
        if (path.isEmpty()) {
            path.required("");
        } else {
            PathRules.localNotReserved(path);
        }
    }

    private void trustBundle(Field bundle) {
        Field name = bundle.child("name");
        Field signer = bundle.child("signerName");
        if (name.isSet() && signer.isSet()) {
            bundle.invalid("only one of name and signerName may be used");
        } else if (name.isSet()) {
            if (name.isEmpty()) {
                name.required("must be a valid object name");
            }
            String last = name.text().substring(name.text().lastIndexOf(':') + 1);
            Names.dnsSubdomain(last)
                    .forEach(each -> name.invalid("not a valid clustertrustbundlename: " + each));
            if (bundle.has("labelSelector")) {
                bundle.child("labelSelector")
                        .invalid("labelSelector must be unset if name is specified");
            }
        } else if (signer.isSet()) {
            if (signer.isEmpty()) {
                signer.required("must be a valid signer name");
            }
            signerName(signer);
            LabelRules.selector(bundle.child("labelSelector"));
        } else {
            bundle.required("either name or signerName must be specified");
        }
        Field path = bundle.child("path");
        if (path.isEmpty()) {
            path.required("");
        }
        PathRules.localNotReserved(path);
        if (!paths.add(path.text())) {
            volume.invalidText(path.text(), "conflicting duplicate paths");
        }
    }

    private static void signerName(Field signer) {
        String[] parts = signer.text().split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            signer.invalidText(
                    signer.text(),
                    "must be a fully qualified domain and path of the form"
                            + " 'example.com/signer-name'");
            return;
        }
        for (String why : Names.dnsSubdomain(parts[0])) {
            signer.invalidText(
                    signer.text(), "validating label " + GoText.quote(parts[0]) + ": " + why);
        }
    }

    private void certificate(Field certificate) {
        Field signer = certificate.child("signerName");
        if (signer.isEmpty()) {
            signer.required("");
        } else {
            signerName(signer);
        }
        VolumeSourceRules.required(certificate, "keyType");
        for (String name : List.of("credentialBundlePath", "keyPath", "certificateChainPath")) {
            Field path = certificate.child(name);
            if (!path.isEmpty()) {
                PathRules.localNotReserved(path);
                unique(path.text(), path.text());
            }
        }
    }
}
