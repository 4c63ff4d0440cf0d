/**
 * What the scheduling benchmarks place, and where: workload name in, objects of the Kubernetes API
 * out. The same objects are posted to a cluster and read by the benchmark of the algorithm alone.
 *
 * <p>Compat: each workload does what the test of the same kind does in Kubernetes' own {@code
 * test/integration/scheduler_perf}, so that the figures can stand beside kube-scheduler's.
 */
@NullMarked
package dev.gantry.bench.workload;

import org.jspecify.annotations.NullMarked;
