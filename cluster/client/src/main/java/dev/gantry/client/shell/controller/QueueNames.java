package dev.gantry.client.shell.controller;

import static java.util.Map.entry;

import java.util.Map;

/**
 * By which names metrics tell queues apart. Compat: a controller of upstream names its queue after
 * itself, but for a few.
 */
final class QueueNames {
    private static final String USUAL_END = "-controller";

    private static final Map<String, String> OTHERS =
            Map.ofEntries(
                    entry("attachdetach-controller", "pvcs"),
                    entry("bootstrap-signer-controller", "bootstrap_signer_queue"),
                    entry("clusterrole-aggregation-controller", "ClusterRoleAggregator"),
                    entry("controllermanager", "disruption"),
                    entry("garbage-collector-controller", "garbage_collector_attempt_to_delete"),
                    entry("horizontal-pod-autoscaler", "horizontalpodautoscaler"),
                    entry("persistentvolume-protection-controller", "pvprotection"),
                    entry("persistentvolumeclaim-protection-controller", "pvcprotection"),
                    entry("replication-controller", "replicationmanager"),
                    entry("resourcequota-controller", "resourcequota_primary"),
                    entry("root-ca-certificate-publisher-controller", "root_ca_cert_publisher"),
                    entry("ttl-after-finished-controller", "ttl_jobs_to_delete"),
                    entry("ttl-controller", "ttlcontroller"));

    private QueueNames() {}

    /**
     * @param component the controller, as its events name it
     */
    static String of(String component) {
        String other = OTHERS.get(component);
        if (other != null) {
            return other;
        }
        String start =
                component.endsWith(USUAL_END)
                        ? component.substring(0, component.length() - USUAL_END.length())
                        : component;
        return start.replace('-', '_');
    }
}
