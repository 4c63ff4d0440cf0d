package dev.gantry.bench.scenario;

import dev.gantry.bench.workload.Run;

/** The objects of the scenarios, as JSON. Their pods go to the simulated nodes of a run only. */
record ScenarioObjects(Run run) {
    /** On pods: which template they were made from. */
    static final String REVISION = "revision";

    /** On what a scenario counts, so that nothing else is counted. */
    static final String COUNTED = "counted";

    String job(int number) {
        return """
        {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"job-%d"},"spec":{"template":{"spec":{"restartPolicy":"Never",%s}}}}"""
                .formatted(number, podSpec());
    }

    String deployment(int replicas, int revision) {
        return """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"bench"},"spec":{"replicas":%d,\
        "selector":{"matchLabels":{"app":"bench"}},\
        "template":{"metadata":{"labels":{"app":"bench","%s":"%d"}},"spec":{%s}}}}"""
                .formatted(replicas, REVISION, revision, podSpec());
    }

    /** A merge patch that changes the Deployment's template. */
    static String revised(int revision) {
        return """
        {"spec":{"template":{"metadata":{"labels":{"%s":"%d"}}}}}"""
                .formatted(REVISION, revision);
    }

    static String service(int number) {
        return """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"service-%1$d"},\
        "spec":{"clusterIP":"None","selector":{"app":"service-%1$d"},"ports":[{"port":80}]}}"""
                .formatted(number);
    }

    /** A pod of a Service, on a node from the beginning. */
    String boundPod(int service, String name, String node) {
        return """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","labels":{"app":"service-%d"}},"spec":{"nodeName":"%s",%s}}"""
                .formatted(name, service, node, podSpec());
    }

    /** An object that nobody but its owner cares for. */
    static String configMap(String name, String owner) {
        return """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s","labels":{"%s":"true"}%s},"data":{"key":"value"}}"""
                .formatted(name, COUNTED, owner);
    }

    /** The part of an object's metadata that names its owner, a ConfigMap. */
    static String ownedBy(String name, String uid) {
        return """
        ,"ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"%s","uid":"%s"}]"""
                .formatted(name, uid);
    }

    private String podSpec() {
        return """
        "nodeSelector":{"%1$s":"%2$s"},"tolerations":[{"key":"%1$s","operator":"Exists"}],\
        "automountServiceAccountToken":false,"terminationGracePeriodSeconds":1,\
        "containers":[{"name":"main","image":"registry.k8s.io/pause:3.10.1","resources":{"requests":{"cpu":"10m","memory":"16Mi"}}}]"""
                .formatted(Run.LABEL, run.id());
    }
}
