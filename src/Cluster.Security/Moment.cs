using System.Globalization;

namespace SearchCluster.Security;

/// <summary>Dates as messages write them.</summary>
internal static class Moment
{
    /// <summary>For example <c>2026-12-01 07:30:00 UTC</c>.</summary>
    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
