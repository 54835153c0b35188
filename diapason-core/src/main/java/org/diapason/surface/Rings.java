package org.diapason.surface;

import java.util.Arrays;

/** The triangles around each point of a mesh whose edges are being drawn together. */
final class Rings {
    private final int[] triangles;
    private final int[] head;
    private final int[] next;
    private int alive;

    /** Takes the triangles as its own. */
    Rings(int[] triangles, int points) {
        this.triangles = triangles;
        head = new int[points];
        next = new int[triangles.length];
        Arrays.fill(head, -1);
        for (int c = triangles.length - 1; c >= 0; c--) {
            next[c] = head[triangles[c]];
            head[triangles[c]] = c;
        }
        alive = triangles.length / 3;
    }

    /** Returns how many triangles are left. */
    int alive() {
        return alive;
    }

    int[] triangles() {
        return triangles;
    }

    boolean gone(int corner) {
        return triangles[corner - corner % 3] < 0;
    }

    /** Returns the first corner at a point, −1 where there is none. */
    int first(int point) {
        head[point] = sound(head[point]);
        return head[point];
    }

    /** Returns the corner after one at the same point. */
    int after(int corner) {
        next[corner] = sound(next[corner]);
        return next[corner];
    }

    /** Skips corners of triangles that are gone. */
    private int sound(int corner) {
        int c = corner;
        while (c >= 0 && gone(c)) {
            c = next[c];
        }
        return c;
    }

    /** Returns how many triangles stand around a point. */
    int valence(int point) {
        int count = 0;
        for (int c = first(point); c >= 0; c = after(c)) {
            count++;
        }
        return count;
    }

    /** Says whether two points have an edge. */
    boolean beside(int u, int v) {
        for (int c = first(u); c >= 0; c = after(c)) {
            if (triangles[HalfEdges.next(c)] == v || triangles[HalfEdges.before(c)] == v) {
                return true;
            }
        }
        return false;
    }

    /** Gives all triangles of v to u; those that have both are gone. */
    void merge(int u, int v) {
        int tail = -1;
        for (int c = first(v); c >= 0; c = after(c)) {
            int t = c - c % 3;
            if (triangles[t] == u || triangles[t + 1] == u || triangles[t + 2] == u) {
                triangles[t] = -1;
                alive--;
            }
        }
        for (int c = first(v); c >= 0; c = after(c)) {
            triangles[c] = u;
            tail = c;
        }
        if (tail >= 0) {
            next[tail] = first(u);
            head[u] = head[v];
        }
        head[v] = -1;
    }
}
