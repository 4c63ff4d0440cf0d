package dev.gantry.state.shell.encryption;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.state.secret.EncryptionConfiguration;
import dev.gantry.state.secret.EncryptionConfiguration.Provider;
import dev.gantry.state.secret.kms.KmsForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Seals objects as the first provider wants it, and opens what any of them sealed. */
public final class Encryption implements AutoCloseable {
    private final Envelope envelope;
    private final Map<String, KmsSealing> plugins = new LinkedHashMap<>();
    private final @Nullable KmsSealing first;

    /**
     * @param keyFile made where it is not there; what it sealed is opened whatever is configured
     */
    public Encryption(Path keyFile, EncryptionConfiguration configuration) {
        List<DataKey> configured = new ArrayList<>();
        KmsSealing sealing = null;
        boolean isFileFirst = false;
        boolean isFirst = true;
        for (Provider each : configuration.providers()) {
            switch (each) {
                case Provider.Kms kms -> {
                    KmsSealing made = new KmsSealing(kms, System::nanoTime);
                    plugins.put(kms.name(), made);
                    sealing = isFirst ? made : sealing;
                }
                case Provider.AesGcm(var keys) ->
                        keys.forEach(key -> configured.add(DataKey.of(key)));
                case Provider.Identity _ -> isFileFirst |= configured.isEmpty();
            }
            isFirst = false;
        }
        List<DataKey> keys = new ArrayList<>(DataKey.in(keyFile));
        keys.addAll(isFileFirst ? keys.size() : 0, configured);
        this.envelope = new Envelope(keys);
        this.first = sealing;
    }

    /** Asks the plugins before it returns; those that are away are asked again later. */
    public void start() {
        plugins.values().forEach(KmsSealing::start);
    }

    @Override
    public void close() {
        plugins.values().forEach(KmsSealing::close);
    }

    /** Why nothing new should be sealed now. */
    public Optional<String> objection() {
        return first == null ? Optional.empty() : first.objection();
    }

    /** Whether all plugins are well. */
    public boolean isWell() {
        return plugins.values().stream().allMatch(KmsSealing::isWell);
    }

    /** Waits for nobody. With a plugin that was never reached, the data key file seals. */
    public byte[] seal(ObjectKey name, byte[] open) {
        return Optional.ofNullable(first)
                .flatMap(plugin -> plugin.seal(name, open))
                .orElseGet(() -> envelope.seal(name, open));
    }

    /** May wait for a plugin. */
    public byte[] open(ObjectKey name, byte[] sealed) {
        return switch (sealed[0]) {
            case Envelope.VERSION -> envelope.open(name, sealed);
            case KmsForm.VERSION -> openByPlugin(name, sealed);
            default ->
                    throw new IllegalStateException(
                            "%s is sealed in form %d, which this release does not open"
                                    .formatted(name, sealed[0]));
        };
    }

    private byte[] openByPlugin(ObjectKey name, byte[] sealed) {
        KmsForm form;
        try {
            form = KmsForm.of(sealed);
        } catch (IOException cut) {
            throw new IllegalStateException("%s cannot be opened".formatted(name), cut);
        }
        KmsSealing plugin = plugins.get(form.provider());
        if (plugin == null) {
            throw new IllegalStateException(
                    "%s is sealed by the KMS provider \"%s\", which is not configured"
                            .formatted(name, form.provider()));
        }
        return plugin.open(name, form);
    }
}
