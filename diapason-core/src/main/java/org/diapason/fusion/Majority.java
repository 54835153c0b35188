package org.diapason.fusion;

import org.diapason.math.Kept;

/** Gives a place to the image that most of its neighbours were given to. */
final class Majority {
    private final Tile tile;
    private final Kept chosen;
    private final Kept[] votes;
    private final float[] most;
    private final float[] mine;

    /** Takes planes with the number of one of n images at each place. */
    Majority(Tile tile, Kept chosen, int n) {
        this.tile = tile;
        this.chosen = chosen;
        votes = new Kept[n];
        for (int m = 0; m < n; m++) {
            int image = m;
            votes[m] = tile.sums((k, to) -> is(chosen.at(k), image, to));
        }
        most = tile.plane();
        mine = tile.plane();
    }

    /**
     * Writes the image with the most places among the 3 voxels along every axis around each; the
     * one that was chosen, unless another has more.
     */
    void write(int k, float[] to) {
        for (int m = 0; m < votes.length; m++) {
            tile.around(votes[m], k, mine);
            favour(chosen.at(k), m, mine);
            Choice.larger(mine, m, most, to);
        }
    }

    private static void is(float[] chosen, int image, float[] to) {
        for (int v = 0; v < to.length; v++) {
            to[v] = Choice.is(chosen[v], image);
        }
    }

    /** Adds half a vote, which decides between equals alone. */
    private static void favour(float[] chosen, int image, float[] votes) {
        for (int v = 0; v < votes.length; v++) {
            votes[v] += 0.5f * Choice.is(chosen[v], image);
        }
    }
}
