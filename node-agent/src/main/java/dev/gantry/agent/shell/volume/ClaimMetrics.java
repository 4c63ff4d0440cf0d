package dev.gantry.agent.shell.volume;

import dev.gantry.agent.pod.PodDirectory;
import dev.gantry.agent.shell.kernel.Inodes;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.volume.VolumeSpec;
import dev.gantry.client.metrics.MetricText;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How full the file systems behind the claims of this node's pods are, asked when somebody asks.
 *
 * <p>Compat: {@code kubelet_volume_stats_*}. A volume that is a folder is told as its file system.
 * One on a server is not told: to ask for it would wait where the server is away.
 */
public final class ClaimMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimMetrics.class);

    private final PodDirectory pods;
    private final PodVolumes volumes;

    private enum Measure {
        CAPACITY("capacity_bytes", "Size of a volume."),
        AVAILABLE("available_bytes", "What a volume has room for."),
        USED("used_bytes", "What is in a volume."),
        INODES("inodes", "How many files a volume can have."),
        INODES_FREE("inodes_free", "How many more files a volume can have."),
        INODES_USED("inodes_used", "How many files are in a volume.");

        private final String series;
        private final String help;

        Measure(String name, String help) {
            this.series = "kubelet_volume_stats_" + name;
            this.help = help;
        }
    }

    public ClaimMetrics(PodDirectory pods, PodVolumes volumes) {
        this.pods = pods;
        this.volumes = volumes;
    }

    public void append(StringBuilder text) {
        SortedMap<String, Map<Measure, Long>> measured = new TreeMap<>();
        for (Resource each : pods.pods()) {
            var pod = new PodSpec(each);
            for (VolumeSpec volume : VolumeSpec.of(pod.spec())) {
                measure(pod, volume, measured);
            }
        }
        for (Measure measure : Measure.values()) {
            MetricText.head(text, measure.series, "gauge", measure.help);
            measured.forEach(
                    (labels, values) ->
                            MetricText.sample(
                                    text,
                                    measure.series,
                                    labels,
                                    values.getOrDefault(measure, 0L)));
        }
    }

    /** Claims that several pods of the node use are measured once. */
    private void measure(
            PodSpec pod, VolumeSpec volume, SortedMap<String, Map<Measure, Long>> measured) {
        boolean isClaim =
                volume.type() == VolumeSpec.Type.CLAIM
                        || volume.type() == VolumeSpec.Type.EPHEMERAL;
        if (!isClaim) {
            return;
        }
        String labels =
                MetricText.label("namespace", pod.namespace())
                        + ","
                        + MetricText.label("persistentvolumeclaim", volume.claimName(pod.name()));
        if (measured.containsKey(labels)) {
            return;
        }
        try {
            Path folder = volumes.path(pod, volume);
            if (!volumes.isOnServer(folder)) {
                measured.put(labels, measure(folder));
            }
        } catch (IOException | VolumeFault notThere) {
            LOG.debug("{} of {} is not measured", volume.name(), pod.name(), notThere);
        }
    }

    private static Map<Measure, Long> measure(Path folder) throws IOException {
        FileStore store = Files.getFileStore(folder);
        Inodes inodes = Inodes.of(folder);
        Map<Measure, Long> found = new EnumMap<>(Measure.class);
        found.put(Measure.CAPACITY, store.getTotalSpace());
        found.put(Measure.AVAILABLE, store.getUsableSpace());
        found.put(Measure.USED, store.getTotalSpace() - store.getUnallocatedSpace());
        found.put(Measure.INODES, inodes.total());
        found.put(Measure.INODES_FREE, inodes.available());
        found.put(Measure.INODES_USED, inodes.total() - inodes.available());
        return found;
    }
}
