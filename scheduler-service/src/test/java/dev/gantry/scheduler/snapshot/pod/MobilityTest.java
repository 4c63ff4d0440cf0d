package dev.gantry.scheduler.snapshot.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.scheduler.snapshot.Sample;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MobilityTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "MOVABLE  | ReplicaSet  | ''                                    | ''",
                "MOVABLE  | StatefulSet | ''                                    | ''",
                "RESIDENT | DaemonSet   | ''                                    | ''",
                "RESIDENT | Node        | ''                                    | ''",
                "RESIDENT | ReplicaSet  | 'kubernetes.io/config.mirror':'x'     | ''",
                "FIXED    | Job         | ''                                    | ''",
                "MOVABLE  | Job         | 'cluster-autoscaler.kubernetes.io/safe-to-evict':'true' | ''",
                "FIXED    | ''          | ''                                    | ''",
                "FIXED    | ''          | 'cluster-autoscaler.kubernetes.io/safe-to-evict':'true' | ''",
                "FIXED    | ReplicaSet  | 'gantry.dev/rebalance':'false'        | ''",
                "FIXED    | ReplicaSet  | 'cluster-autoscaler.kubernetes.io/safe-to-evict':'false' | ''",
                "FIXED    | ReplicaSet  | 'gantry.dev/pod-group':'g','gantry.dev/pod-group-size':'2' | ''",
                "FIXED    | ReplicaSet  | ''  | 'priority':2000000000",
                "FIXED    | ReplicaSet  | ''  | 'volumes':[{'name':'v','emptyDir':{}}]",
                "FIXED    | ReplicaSet  | ''  | 'volumes':[{'name':'v','hostPath':{'path':'/x'}}]",
                "MOVABLE  | ReplicaSet  | ''  | 'volumes':[{'name':'v','emptyDir':{'medium':'Memory'}}]",
                "MOVABLE  | ReplicaSet  | ''  | 'volumes':[{'name':'v','configMap':{'name':'c'}}]",
                "MOVABLE  | ReplicaSet  | 'cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes':'w,v' | 'volumes':[{'name':'v','emptyDir':{}}]",
                "FIXED    | ReplicaSet  | 'cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes':'w' | 'volumes':[{'name':'v','emptyDir':{}}]",
            })
    void followsWhatIsKnownOfThePod(
            Mobility expected, String controller, String annotations, String spec) {
        assertThat(mobility("default", plain(controller), plain(annotations), plain(spec)))
                .isEqualTo(expected);
    }

    @org.junit.jupiter.api.Test
    void podsOfTheSystemStayUnlessTheySayThatItIsSafe() {
        assertThat(mobility("kube-system", "ReplicaSet", "", "")).isEqualTo(Mobility.FIXED);
        assertThat(
                        mobility(
                                "kube-system",
                                "ReplicaSet",
                                "'cluster-autoscaler.kubernetes.io/safe-to-evict':'true'",
                                ""))
                .isEqualTo(Mobility.MOVABLE);
    }

    private static String plain(String cell) {
        return cell.equals("''") ? "" : cell;
    }

    private static Mobility mobility(
            String namespace, String controller, String annotations, String spec) {
        String owners =
                controller.isEmpty()
                        ? ""
                        : "{'kind':'%s','name':'o','uid':'o','controller':true}"
                                .formatted(controller);
        return Mobility.of(
                Sample.object(
                        """
                        {'metadata':{'name':'p','namespace':'%s','annotations':{%s},
                          'ownerReferences':[%s]},'spec':{%s}}
                        """
                                .formatted(namespace, annotations, owners, spec)));
    }
}
