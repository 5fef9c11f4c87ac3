namespace SearchCluster.TestKit.Data;

/// <summary>Real data sets beside the checkout; tests that need one skip where it is absent.</summary>
public static class RealData
{
    /// <summary>Finds a data set.</summary>
    /// <param name="path">Path below the folder of all data sets.</param>
    /// <returns>Its full path; the test is skipped when there is none.</returns>
    public static string Require(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data", path);
            if (File.Exists(candidate) || Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        Xunit.Assert.Skip($"The data set {path} is not beside the checkout (shared/data).");
        throw new InvalidOperationException("A skipped test does not go on.");
    }
}
