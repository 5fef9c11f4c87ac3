namespace SearchCluster.Cli.Tests.Fakes;

/// <summary>Compares output with a file of the repository. A changed file is a changed contract.</summary>
internal static class Golden
{
    public static void ShouldMatch(string actual, string name)
    {
        var expected = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name));

        actual.ReplaceLineEndings("\n").ShouldBe(expected.ReplaceLineEndings("\n"));
    }
}
