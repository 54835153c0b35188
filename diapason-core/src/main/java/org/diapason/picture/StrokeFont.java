package org.diapason.picture;

import java.util.HashMap;
import java.util.Map;

/**
 * Letters of straight strokes, so that a picture needs no font of the computer and has the same
 * bytes on all.
 *
 * <p>A letter is 4 wide and 6 high, with 2 below the line for tails. Its strokes stand as pairs of
 * digits, x to the right and y down, a blank between one stroke and the next.
 */
final class StrokeFont {
    /** From one letter to the next. */
    static final int ADVANCE = 6;

    /** From the top of capitals to the end of tails. */
    static final int HEIGHT = 8;

    private static final Map<Character, String> STROKES = new HashMap<>();

    static {
        put("0 103041453616050110", "1 112026 1636", "2 01103041420646");
        put("3 01103041423313 334445361605", "4 36300444", "5 4000033344453606");
        put("6 4130100105163645443303", "7 004016", "8 13020110304142331304051636454433");
        put("9 4313020110304145361605", "A 0602204246 0444", "B 00063645443303 3342413000");
        put("C 4130100105163645", "D 00062644422000", "E 40000646 0333", "F 400006 0333");
        put("G 413010010516364543 2343", "H 0006 4046 0343", "I 1030 2026 1636");
        put("J 4045361605", "K 0006 4004 1346", "L 000646", "M 0600234046", "N 06004640");
        put("O 20424426040220", "P 06003041423303", "Q 20424426040220 2446");
        put("R 06003041423303 2346", "S 413010010213334445361605", "T 0040 2026");
        put("U 000516364540", "V 002640", "W 0016233640", "X 0046 4006", "Y 002340 2326");
        put("Z 00400646", "a 4246 4332120305163645", "b 0006 0312324345361605");
        put("c 4332120305163645", "d 4046 4332120305163645", "e 04444332120305163645");
        put("f 30201116 0232", "g 42473818 4332120305163645", "h 0006 0312324346");
        put("i 2226 2020", "j 32372818 3030", "k 0006 3205 1436", "l 202536");
        put("m 0206 03122326 23324346", "n 0206 0312324346", "o 123243453616050312");
        put("p 0208 0312324345361605", "q 4248 4332120305163645", "r 0206 03123243");
        put("s 4212031434453606", "t 10152636 0232", "u 0205163645 4246", "v 022642");
        put("w 0216243642", "x 0246 4206", "y 0226 4218", "z 02420646", "- 0343", ". 2626");
        put(", 2617", ": 2323 2626", "% 4006 0010110100 3545463635", "/ 4006", "( 30121436");
        put(") 10323416", "+ 2125 0343", "= 0242 0444");
    }

    private StrokeFont() {}

    private static void put(String... letters) {
        for (String letter : letters) {
            STROKES.put(letter.charAt(0), letter.substring(2));
        }
    }

    /**
     * Returns the strokes of a letter, nothing of a blank; those of a hyphen where there is none.
     */
    static String strokes(char letter) {
        return letter == ' ' ? "" : STROKES.getOrDefault(letter, STROKES.get('-'));
    }

    /** Says whether a letter can be written. */
    static boolean knows(char letter) {
        return letter == ' ' || STROKES.containsKey(letter);
    }
}
