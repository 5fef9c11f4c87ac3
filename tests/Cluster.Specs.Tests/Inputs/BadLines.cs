using SearchCluster.Specs.Problems;

namespace SearchCluster.Specs.Tests.Inputs;

/// <summary>Puts a bad line into a good spec, and compares what is said of it.</summary>
internal static class BadLines
{
    /// <summary>The line is refused with these words, a place and a next step.</summary>
    public static void Explained(string row, string good, string key, string? line, string code, string words)
    {
        var result = Specs.Read(good.With(key, line));

        result.Spec.ShouldBeNull(row);
        var problem = result.Problems.FirstOrDefault(candidate => candidate.Code == code);
        problem.ShouldNotBeNull(row + ": " + string.Join("; ", result.Problems.Select(SpecProblemFormat.MsBuild)));
        problem.Message.ShouldContain(words);
        problem.Severity.ShouldBe("error");
        problem.Line.ShouldBeGreaterThan(0);
        problem.Help.ShouldNotBeNull();
        problem.Message.Length.ShouldBeLessThan(400);
    }

    /// <summary>The same, and at this very place.</summary>
    public static void AtPlace(
        string row, string good, string key, string line, string code, (int Line, int Column) place, string words)
    {
        var text = line.Contains("\nbudget:", StringComparison.Ordinal)
            ? good.With("budget", null).With(key == "budget" ? "none" : key, line)
            : good.With(key, line);

        var result = Specs.Read(text, vocabulary: TestVocabulary.Value);

        result.Spec.ShouldBeNull(row);
        var problem = result.Problems.FirstOrDefault(
            candidate => candidate.Code == code && candidate.Message.Contains(words, StringComparison.Ordinal));
        problem.ShouldNotBeNull(row + ": " + string.Join("; ", result.Problems.Select(SpecProblemFormat.MsBuild)));
        (problem.Line, problem.Column).ShouldBe(place, row + ": " + problem.Message);
        problem.Help.ShouldNotBeNull();
        problem.Message.Length.ShouldBeLessThan(400);
    }

    /// <summary>The line is taken, with a warning.</summary>
    public static void Surprising(string row, string key, string line, string code, string words)
    {
        var result = Specs.Read(Specs.Function.With(key, line), vocabulary: TestVocabulary.Value);

        result.Spec.ShouldNotBeNull(row + ": " + string.Join("; ", result.Problems.Select(SpecProblemFormat.MsBuild)));
        var problem = result.Problems.ShouldHaveSingleItem();
        (problem.Code, problem.Severity).ShouldBe((code, "warning"));
        problem.Message.ShouldContain(words);
    }
}
