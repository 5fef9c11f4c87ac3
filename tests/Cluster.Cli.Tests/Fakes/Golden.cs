namespace SearchCluster.Cli.Tests.Fakes;

/// <summary>Compares output with a file of the repository. A changed file is a changed contract.</summary>
internal static class Golden
{
    /// <summary>Set to the source folder Golden to write the files anew after a deliberate change; the next build compares again.</summary>
    private const string UpdateVariable = "SEARCHCLUSTER_WRITE_GOLDEN";

    public static void ShouldMatch(string actual, string name)
    {
        if (Environment.GetEnvironmentVariable(UpdateVariable) is { Length: > 0 } folder)
        {
            File.WriteAllText(Path.Combine(folder, name), actual);
        }

        var expected = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name));

        actual.ReplaceLineEndings("\n").ShouldBe(expected.ReplaceLineEndings("\n"));
    }
}
