package org.safeconduct.core.wire;

import java.util.Arrays;

/**
 * The characters of which texts are made (spec/register.md section 1.3): written down, because every runtime has another
 * version of Unicode, and an office must not publish what half of its clients refuse. Normal form C of what Unicode 14.0
 * knows is the same in every version since.
 */
final class Letters {
    /**
     * Lengths of runs of code points, in turn out and in. The characters ( to [ are the last digit of a length, of 52; those
     * from ] to ~ a digit before it, of 34. Taken from Age and General_Category of Unicode 14.0; the vectors list the ranges.
     */
    private static final String RUNS = ""
            + "H^SI5)iY)P*.,/)))<)dI)N*Z*+)^+0C,.3D)aI)^0*^Y6^/*Y*7)D*))3-G)*.aD)0***>)/))+,*1***,0),*)-*A*+).,**>)/)*)*)**))-,"
            + "**++)/,))/92+)1)+)>)/)*)-*2)+)+*)7,*4//)+)0***>)/)*)-*1***+/+,*)-*:2*).++),+*)))*+*+++4,-++),*).)6=-5)+)?)8*1)+)"
            + ",/*)+*)*,*2/>)+)?)2)-*1)+),/*.*),*2)*55)+)[)+).,8*B)+):+@)1))*/+),.)))0.2*+4^.,EM*)))-)@)))?*-))).*2*,H^<)L,O)L)"
            + "7)5M`R))-)*_O*a@),*/))),*Q),*I),*/))),*7)^-),*^7*H+B.^J*.*iU+^M/>1@1<45)+)*4^(*P*2.2.3-2.^M/S-^:2G)4,4,)+R*-3T,B"
            + ".3+^2*^5)E*3.2.6*GY^A+W)_40^0+7+^0/S*30S-g6*.*N*.*0)))))))G*^))7)6*.);*+)1)3)**B-Y8**C)5+I7I7_L,iOA3=^]T*H)cM-U)"
            + ")-)*^,/*6@1/)/)/)/)/)/)/)/)_>JB)^M4a.B4,^4)^J*^[-S)[)R)^H4W)mp9+^+1cL<`D0`W-*)))-@^/+2.^,0^:04._43F+^B)3,I)^+16*"
            + "2*^[@D2.*.*.1/)/)^0,_>*2.cgT4?,YawDd**_*N/4--B)-)))*)*)_=8eE*^*/)H882.[);),,-)_G,`+)F+.*.*.*++/)/2-*4)B);)*)7*6J"
            + "_;-+,U+^L)5+)WV_BE+Y7D,L1F-S-F)M,6R`**2.L,L,P0^(34)7)/)*)3)7)/)*^7b[1>20@.)R)1^9.*))T)*+)*?)^<01X;)*-I+C-)^4^,,<"
            + "*Z)*-0)+)E*+,2/1/^4HO,41^*+E*C-B/,4/^D^=^+[5[/V02bJG)R)+**^BP0R>BND<?1^B,L1^82)*A/2.^)):0O1^T)<3:)T^5/))),)7)3.^"
            + "/-2.,)0***>)/)*)-)2***+*).)-/*/+-_K^P)-F^<02`2^**NJ^932.5;^..2^*C*7,?`E^0^X^G40*)*0)*)F)**412^:0*V*3C^<0^G5^=b+1"
            + ")U)62E+H*>)6^=/)*)T+))*)102..)*)M)*)./2bZA`C)7Z5nO^Z_/)-3`P^mL^W5qG)1_fKh3a{)gY/G)2,^E)2.F*.2^:22)/)=-;j4^O^Y^?,"
            + "^-/9^4-3*6`m(0tRR1b^S,)/)*)bGU+9,0dH^g<_+-5+1/2*,_s@V*?1_4^0aN2O*^>0_0=^:_Z<4^K1A_G^I)^;)**)***,)4)))/)^5),*0)/)"
            + "D),)-))+/)cD*bH*jB7-)7r4Ga9/)9*/)*)-a-U+6*2,*c0G9^.-)u(/),)*)7)`Q*8Q^@,2,*l-^8^@^1`N,)C)*))*))2),)))).),))))))+)"
            + "*))*))))))))))*))*,)/),),)))2)9-+)-)9^(*b2T,^X47*7)7)M2`:^,E5T,1/*6._ZoX-8+5+_44^M/4,)74,^,02.P0F**^BcD46*-+-+/1"
            + "E+3-.22.00/1_S)^+M2pRubDH_hU/a6*`eR6adM^vKg>yZ_w[";
    private static final int LAST = 52;
    private static final int BEFORE = 34;

    /** Where the runs end, ascending: a code point is in if an odd number of runs end at it or before. */
    private static final int[] ENDS = ends();

    private Letters() {}

    private static int[] ends() {
        int[] ends = new int[RUNS.length()];
        int runs = 0;
        int end = 0;
        int length = 0;
        for (char digit : RUNS.toCharArray()) {
            if (digit > '[') {
                length = length * BEFORE + digit - ']';
            } else {
                end += length * LAST + digit - '(';
                ends[runs++] = end;
                length = 0;
            }
        }
        return Arrays.copyOf(ends, runs);
    }

    static boolean contain(int codePoint) {
        int at = Arrays.binarySearch(ENDS, codePoint);
        return (at >= 0 ? at + 1 : -at - 1) % 2 == 1;
    }
}
