package dev.versicle.git;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/**
 * How much JGit would hold at once while it makes a pack's objects out of differences.
 *
 * <p>Its {@code PackParser} begins at each object that others build on, goes down to what builds on it, and holds every
 * object on that way until the last one that builds on it is made; so besides what is being made and its base it holds
 * those on the way that have more than one. By offsets the ways are known here. What builds on an id is another matter:
 * where the object of that id lies on which way is known only once it is made. But a way passes each base at most once,
 * and each part of it that is joined by offsets begins at a whole object, or at a difference on an id. The sum over all
 * such bases, which a difference must name at their true size or JGit refuses it, and over the longest way in each such
 * part is therefore never less than what is held.
 */
final class DeltaChains {
    /** Of the objects that are held at once until others are made of them. */
    static final long HELD_BYTES_MAX = 64L << 20;

    private static final int WHOLE = -1;
    private static final int BY_ID = -2;

    /** What differences name by its id. */
    private record Named(long bytes, int children) {
        Named and(Named other) {
            return new Named(Math.max(bytes, other.bytes), children + other.children);
        }
    }

    private final long[] results;
    private final int[] bases;
    private final int[] children;
    private final Map<ObjectId, Named> named = new HashMap<>();
    private long largest;

    DeltaChains(int objects) {
        results = new long[objects];
        bases = new int[objects];
        children = new int[objects];
        Arrays.fill(bases, WHOLE);
    }

    void whole(int i, long bytes) {
        results[i] = bytes;
    }

    /** Object {@code i} builds on an earlier one. */
    void onOffset(int i, int base, long bytes) {
        results[i] = bytes;
        bases[i] = base;
        children[base]++;
    }

    /** Object {@code i} builds on one of this id and size; tells whether it is the first that does. */
    boolean onId(int i, ObjectId base, long baseBytes, long bytes) {
        results[i] = bytes;
        bases[i] = BY_ID;
        largest = Math.max(largest, baseBytes + bytes);
        Named all = named.merge(base, new Named(baseBytes, 1), Named::and);
        return all.children() == 1;
    }

    /** At least as many bytes as JGit ever holds at once. */
    long heldBytes() {
        long[] held = new long[bases.length];
        int[] roots = new int[bases.length];
        long[] longest = new long[bases.length];
        long whole = 0;
        for (int i = 0; i < bases.length; i++) {
            int base = bases[i];
            roots[i] = base < 0 ? i : roots[base];
            if (base >= 0) {
                held[i] = held[base] + (children[base] > 1 ? results[base] : 0);
                largest = Math.max(largest, results[base] + results[i]);
            }
            longest[roots[i]] = Math.max(longest[roots[i]], held[i]);
        }
        long byId = 0;
        for (int i = 0; i < bases.length; i++) {
            whole = bases[i] == WHOLE ? Math.max(whole, longest[i]) : whole;
            byId += bases[i] == BY_ID ? longest[i] : 0;
        }
        return whole + byId + namedBytes() + largest;
    }

    /** What one difference alone names by its id is held only if another builds on it by an offset: if it is here. */
    private long namedBytes() {
        Set<Long> onOffsets = new HashSet<>();
        for (int i = 0; i < children.length; i++) {
            if (children[i] > 0) {
                onOffsets.add(results[i]);
            }
        }
        return named.values().stream()
                .filter(base -> base.children() > 1 || onOffsets.contains(base.bytes()))
                .mapToLong(Named::bytes)
                .sum();
    }
}
