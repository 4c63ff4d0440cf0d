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
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Seals objects as the first provider wants it, and opens what any of them sealed. */
public final class Encryption implements AutoCloseable {
    private final Envelope envelope;
    private final Map<String, KmsSealing> plugins = new LinkedHashMap<>();
    private final @Nullable KmsSealing first;

    /** Of what is stored now: few objects are sealed. */
    private final Map<ObjectKey, String> sealers = new ConcurrentHashMap<>();

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
        byte[] sealed =
                Optional.ofNullable(first)
                        .flatMap(plugin -> plugin.seal(name, open))
                        .orElseGet(() -> envelope.seal(name, open));
        note(name, sealed);
        return sealed;
    }

    /** Keeps in mind what the stored object is sealed with. */
    public void note(ObjectKey name, byte[] sealed) {
        sealers.put(name, sealerOf(sealed));
    }

    /** The object is no longer stored. */
    public void forget(ObjectKey name) {
        sealers.remove(name);
    }

    /** Whether the stored object is sealed with another key than the one that seals now. */
    public boolean isOutdated(ObjectKey name) {
        String with = sealers.get(name);
        Optional<String> now = first == null ? Optional.of(envelope.sealer()) : first.sealer();
        return with != null && now.isPresent() && !now.get().equals(with);
    }

    private static String sealerOf(byte[] sealed) {
        return sealed[0] == Envelope.VERSION ? Envelope.sealerOf(sealed) : form(sealed).sealer();
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

    private static KmsForm form(byte[] sealed) {
        try {
            return KmsForm.of(sealed);
        } catch (IOException cut) {
            throw new IllegalStateException("what a KMS provider sealed cannot be read", cut);
        }
    }

    private byte[] openByPlugin(ObjectKey name, byte[] sealed) {
        KmsForm form = form(sealed);
        KmsSealing plugin = plugins.get(form.provider());
        if (plugin == null) {
            throw new IllegalStateException(
                    "%s is sealed by the KMS provider \"%s\", which is not configured"
                            .formatted(name, form.provider()));
        }
        return plugin.open(name, form);
    }
}
