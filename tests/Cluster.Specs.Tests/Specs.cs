using System.Text;
using SearchCluster.Specs.Problems;

namespace SearchCluster.Specs.Tests;

/// <summary>Spec texts to read and to break.</summary>
internal static class Specs
{
    /// <summary>A good spec of a function; each line is one entry, so tests know its line numbers.</summary>
    public const string Function = """
        version: 1
        name: good
        seed: 3
        workload: { builtin: function, fixed: { function: branin } }
        objective: { metric: value, direction: minimize }
        space:
          x: { type: float, min: -5, max: 10 }
          y: { type: float, min: 0, max: 15 }
        budget: { trials: 50 }
        """;

    /// <summary>A good spec of a network.</summary>
    public const string Mlp = """
        version: 1
        name: good
        workload: { builtin: mlp }
        data: { source: digits }
        objective: { metric: val/loss, direction: minimize }
        space:
          learningRate: { type: log, min: 1e-4, max: 0.1 }
          optimizer: { type: item, items: [adam, sgd, momentum] }
          momentum: { type: float, min: 0, max: 0.99, when: { optimizer: momentum } }
        budget: { trials: 50 }
        """;

    /// <summary>Reads text.</summary>
    public static SpecReadResult Read(
        string text, string file = "s.yaml", IReadOnlyDictionary<string, string>? overrides = null, SpecVocabulary? vocabulary = null) =>
        SpecReader.Read(Encoding.UTF8.GetBytes(text), file, overrides, vocabulary);

    /// <summary>Reads a spec that must be good.</summary>
    public static SearchSpec Good(
        string text, string file = "s.yaml", IReadOnlyDictionary<string, string>? overrides = null, SpecVocabulary? vocabulary = null)
    {
        var result = Read(text, file, overrides, vocabulary);
        result.Problems.Where(problem => problem.Severity == "error").Select(SpecProblemFormat.MsBuild).ShouldBeEmpty();
        return result.Spec.ShouldNotBeNull();
    }

    /// <summary>Replaces one line, found by its key.</summary>
    public static string With(this string spec, string key, string? line)
    {
        var lines = spec.Split('\n').ToList();
        var index = lines.FindIndex(candidate => candidate.TrimStart().StartsWith(key + ":", StringComparison.Ordinal));
        if (index < 0)
        {
            lines.Add(line!);
        }
        else if (line is null)
        {
            lines.RemoveAt(index);
        }
        else
        {
            lines[index] = line;
        }

        return string.Join('\n', lines);
    }

    /// <summary>Finds a file of the repository.</summary>
    public static string RepositoryFile(params string[] path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SearchCluster.sln")))
            {
                return Path.Combine([folder.FullName, .. path]);
            }
        }

        throw new InvalidOperationException("No folder above the tests holds SearchCluster.sln.");
    }
}
