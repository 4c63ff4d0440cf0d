/** IPAddresses: who holds an address of Services. */
@NullMarked
package dev.gantry.state.kind.networking.ipaddress;

import org.jspecify.annotations.NullMarked;
