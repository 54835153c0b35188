package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeStudyTest {
    private static final int COHORTS = 6;

    @Test
    void anErasedEffectIsFoundAndAProtectedOneIsLeftAlone() {
        List<JudgeStudy.Scene> scenes = JudgeStudy.scenes();
        JudgeStudy.Found kept = JudgeStudy.study(scenes.get(0), COHORTS);
        assertTrue(kept.judged() > 0.9, kept.toString());
        assertTrue(kept.flagged() < 0.15, kept.toString());
        JudgeStudy.Found erased = JudgeStudy.study(scenes.get(2), COHORTS);
        assertTrue(erased.erased() > 0.8, erased.toString());
        assertTrue(erased.keptCovered() > 0.8, erased.toString());
    }

    @Test
    void anUnprotectedEffectIsHarmWhereItGoesAlongWithTheSite() {
        List<JudgeStudy.Scene> scenes = JudgeStudy.scenes();
        assertEquals(1, JudgeStudy.study(scenes.get(6), COHORTS).harm());
        assertEquals(0, JudgeStudy.study(scenes.get(7), COHORTS).harm());
    }
}
