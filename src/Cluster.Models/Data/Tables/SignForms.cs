using System.Text;

namespace SearchCluster.Models.Data.Tables;

/// <summary>Capital letters that are one sign or several, as a table of their own: without the data of ICU the
/// runtime normalises nothing.</summary>
/// <remarks>
/// Source: Unicode Character Database 16.0, the canonical decompositions of capitals from U+00C0 to U+024F into
/// a Latin letter and one accent, the Latin ligatures from U+FB00 on, and the wide forms from U+FF01 on.
/// </remarks>
internal static class SignForms
{
    private const char WideFirst = '\uFF01', WideLast = '\uFF5E';
    private const int WideShift = 0xFEE0;

    private const string Accents =
        "ÀA\u0300 ÁA\u0301 ÂA\u0302 ÃA\u0303 ÄA\u0308 ÅA\u030a ÇC\u0327 ÈE\u0300 ÉE\u0301 ÊE\u0302 ËE\u0308 ÌI\u0300 "
            + "ÍI\u0301 ÎI\u0302 ÏI\u0308 ÑN\u0303 ÒO\u0300 ÓO\u0301 ÔO\u0302 ÕO\u0303 ÖO\u0308 ÙU\u0300 ÚU\u0301 ÛU\u0302 "
            + "ÜU\u0308 ÝY\u0301 ĀA\u0304 ĂA\u0306 ĄA\u0328 ĆC\u0301 ĈC\u0302 ĊC\u0307 ČC\u030c ĎD\u030c ĒE\u0304 ĔE\u0306 "
            + "ĖE\u0307 ĘE\u0328 ĚE\u030c ĜG\u0302 ĞG\u0306 ĠG\u0307 ĢG\u0327 ĤH\u0302 ĨI\u0303 ĪI\u0304 ĬI\u0306 ĮI\u0328 "
            + "İI\u0307 ĴJ\u0302 ĶK\u0327 ĹL\u0301 ĻL\u0327 ĽL\u030c ŃN\u0301 ŅN\u0327 ŇN\u030c ŌO\u0304 ŎO\u0306 ŐO\u030b "
            + "ŔR\u0301 ŖR\u0327 ŘR\u030c ŚS\u0301 ŜS\u0302 ŞS\u0327 ŠS\u030c ŢT\u0327 ŤT\u030c ŨU\u0303 ŪU\u0304 ŬU\u0306 "
            + "ŮU\u030a ŰU\u030b ŲU\u0328 ŴW\u0302 ŶY\u0302 ŸY\u0308 ŹZ\u0301 ŻZ\u0307 ŽZ\u030c ƠO\u031b ƯU\u031b ǍA\u030c "
            + "ǏI\u030c ǑO\u030c ǓU\u030c ǦG\u030c ǨK\u030c ǪO\u0328 ǴG\u0301 ǸN\u0300 ȀA\u030f ȂA\u0311 ȄE\u030f ȆE\u0311 "
            + "ȈI\u030f ȊI\u0311 ȌO\u030f ȎO\u0311 ȐR\u030f ȒR\u0311 ȔU\u030f ȖU\u0311 ȘS\u0326 ȚT\u0326 ȞH\u030c ȦA\u0307 "
            + "ȨE\u0327 ȮO\u0307 ȲY\u0304";

    private static readonly Dictionary<char, string> Parts = Accents.Split(' ').ToDictionary(entry => entry[0], entry => entry[1..]);

    // As upper case leaves them.
    private static readonly string[] Ligatures = ["FF", "FI", "FL", "FFI", "FFL", "ST", "ST"];

    /// <summary>Takes letters and accents apart, ligatures into their letters, wide signs into plain ones, and
    /// writes SS for a sharp s.</summary>
    /// <param name="capitals">In upper case.</param>
    public static string Decompose(string capitals)
    {
        var text = new StringBuilder(capitals.Length);
        foreach (var sign in capitals)
        {
            _ = Parts.TryGetValue(sign, out var parts) ? text.Append(parts)
                : sign is >= '\uFB00' and <= '\uFB06' ? text.Append(Ligatures[sign - '\uFB00'])
                : sign is >= WideFirst and <= WideLast ? text.Append((char)(sign - WideShift))
                : sign is 'ß' or 'ẞ' ? text.Append("SS")
                : text.Append(sign);
        }

        return text.ToString();
    }
}
