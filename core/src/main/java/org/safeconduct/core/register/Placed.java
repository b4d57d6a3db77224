package org.safeconduct.core.register;

import org.safeconduct.core.wire.Hash;

/**
 * A line where it stands in a register.
 *
 * @param position from 0
 * @param leaf its leaf hash, by which others refer to it
 */
public record Placed<T extends Line>(int position, Hash leaf, T line) {}
