package dev.gantry.state.shell.encryption;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.state.secret.EncryptionConfiguration;
import dev.gantry.state.secret.EncryptionConfiguration.Provider;
import dev.gantry.state.secret.EncryptionRule;
import dev.gantry.state.secret.kms.KmsForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Seals objects as the first provider for their resource wants it, and opens what any sealed. */
public final class Encryption implements AutoCloseable {
    private final Map<String, KmsSealing> plugins = new LinkedHashMap<>();
    private final Map<EncryptionRule, Sealer> sealers = new LinkedHashMap<>();
    private final Sealer fallback;
    private final Envelope envelope;

    /** By what an object is sealed that is stored now. */
    private final Map<ObjectKey, String> sealedBy = new ConcurrentHashMap<>();

    /**
     * @param key seals where there is no plugin, or none that was ever reached
     */
    private record Sealer(Optional<KmsSealing> plugin, DataKey key) {
        byte[] seal(ObjectKey name, byte[] open) {
            return plugin.flatMap(each -> each.seal(name, open))
                    .orElseGet(() -> Envelope.seal(key, name, open));
        }

        /** Empty where it cannot be told yet. */
        Optional<String> name() {
            return plugin.isPresent() ? plugin.get().sealer() : Optional.of(Envelope.sealer(key));
        }
    }

    /**
     * @param keyFile made where it is not there; what it sealed is opened whatever is configured
     */
    public Encryption(Path keyFile, EncryptionConfiguration configuration) {
        List<DataKey> keys = new ArrayList<>(DataKey.in(keyFile));
        DataKey ofFile = keys.getFirst();
        for (EncryptionRule rule : configuration.rules()) {
            for (Provider each : rule.providers()) {
                Sealer sealer =
                        switch (each) {
                            case Provider.Kms kms -> new Sealer(Optional.of(plugin(kms)), ofFile);
                            case Provider.AesGcm(var raw) -> {
                                List<DataKey> own = raw.stream().map(DataKey::of).toList();
                                keys.addAll(own);
                                yield new Sealer(Optional.empty(), own.getFirst());
                            }
                            case Provider.Identity _ -> new Sealer(Optional.empty(), ofFile);
                        };
                sealers.putIfAbsent(rule, sealer);
            }
        }
        this.fallback = new Sealer(Optional.empty(), ofFile);
        this.envelope = new Envelope(List.copyOf(keys));
    }

    private KmsSealing plugin(Provider.Kms kms) {
        KmsSealing made = new KmsSealing(kms, System::nanoTime);
        plugins.put(kms.name(), made);
        return made;
    }

    private Sealer sealer(GroupResource resource) {
        for (Map.Entry<EncryptionRule, Sealer> each : sealers.entrySet()) {
            if (each.getKey().concerns(resource)) {
                return each.getValue();
            }
        }
        return fallback;
    }

    /** Asks the plugins before it returns; those that are away are asked again later. */
    public void start() {
        plugins.values().forEach(KmsSealing::start);
    }

    @Override
    public void close() {
        plugins.values().forEach(KmsSealing::close);
    }

    /** Why nothing new of the resource should be sealed now. */
    public Optional<String> objection(GroupResource resource) {
        return sealer(resource).plugin.flatMap(KmsSealing::objection);
    }

    /** Whether all plugins are well. */
    public boolean isWell() {
        return plugins.values().stream().allMatch(KmsSealing::isWell);
    }

    /** Waits for nobody. */
    public byte[] seal(ObjectKey name, byte[] open) {
        byte[] sealed = sealer(name.resource()).seal(name, open);
        note(name, sealed);
        return sealed;
    }

    /**
     * Keeps in mind what the stored object is sealed with.
     *
     * <p>Cost: an entry of a map; all that one key seals share its name.
     */
    public void note(ObjectKey name, byte[] sealed) {
        sealedBy.put(name, sealerOf(sealed).intern());
    }

    /** The object is no longer stored, or no longer sealed. */
    public void forget(ObjectKey name) {
        sealedBy.remove(name);
    }

    /** Whether the stored object would be sealed otherwise now: by another key, or at all. */
    public boolean isOutdated(ObjectKey name, boolean isToBeSealed) {
        String with = sealedBy.get(name);
        if (with == null) {
            return isToBeSealed;
        }
        Optional<String> now = sealer(name.resource()).name();
        return now.isPresent() && !now.get().equals(with);
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
