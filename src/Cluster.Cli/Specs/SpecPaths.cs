using SearchCluster.Contracts.Api;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Registry;
using SearchCluster.Specs;
using SearchCluster.Specs.Problems;

namespace SearchCluster.Cli.Specs;

/// <summary>Where the files are that a spec names.</summary>
/// <remarks>
/// A path in a spec counts from the folder of the spec; where nothing is there, from the current folder. A path
/// of <c>--set</c>, and of a spec from standard input, counts from the current folder. What is found becomes an absolute path, so that a
/// worker with another current folder finds it too. What is not found stays as it is written: a worker on another machine may have it.
/// </remarks>
internal static class SpecPaths
{
    private const string MissingCode = DataCodes.NotHere;
    private const string Source = "data.source";
    private const string Pretrained = "workload.pretrained.file";

    /// <summary>Finds the files.</summary>
    /// <param name="input">The spec as it was given.</param>
    /// <param name="folder">The folder of the spec; null for standard input.</param>
    /// <param name="current">The current folder.</param>
    /// <param name="vocabulary">The names that are no paths.</param>
    /// <param name="registry">The data sets that this machine knows by name.</param>
    /// <returns>The spec with absolute paths, and a warning for each that was not found.</returns>
    public static SpecInput Find(SpecInput input, string? folder, string current, SpecVocabulary vocabulary, DataRegistry registry)
    {
        var given = input;
        input = SpecReader.Read(input.Content, input.FileName, input.Overrides, vocabulary).Spec is null
            ? WithBareName(input, [folder, current], vocabulary)
            : input;
        if (SpecReader.Read(input.Content, input.FileName, input.Overrides, vocabulary).Spec is not { } spec)
        {
            return input;
        }

        var found = new SortedDictionary<string, string>(new Dictionary<string, string>(input.Overrides), StringComparer.Ordinal);
        var problems = new List<SpecProblem>();
        foreach (var (field, path) in Paths(spec, vocabulary))
        {
            string[] places = [.. ((string?[])[SpecReader.IsSet(given.Overrides, field) ? null : folder, current])
                .OfType<string>()
                .Select(place => Path.GetFullPath(path, place))
                .Distinct(StringComparer.Ordinal)];
            if (Array.Find(places, Path.Exists) is not { } place)
            {
                problems.Add(Missing(given, field, path, places));
                continue;
            }

            found[field] = place;
            if (field == Pretrained || !Directory.Exists(place))
            {
                problems.AddRange(Unusable(given, field, path, place));
            }
        }

        if (spec.Data?.RegisteredName is { } name && !Knows(registry, name))
        {
            problems.Add(Warning(
                given,
                Source,
                $"no data set {Quoted(name)} is registered on this machine ({Quoted(registry.Folder)})",
                $"searchcluster data add {SafeText.Of(name)} PATH registers it; leave it only if the workers run elsewhere and have it"));
        }

        return input with { Overrides = new(found), AsGiven = input.Overrides, Warnings = [.. problems] };
    }

    // A word without ending or slash is a path once something of that name is there; the reader of specs, which
    // sees no disk, takes it for a mistyped data set.
    private static SpecInput WithBareName(SpecInput input, string?[] places, SpecVocabulary vocabulary)
    {
        var isSet = SpecReader.IsSet(input.Overrides, Source);
        return SpecReader.TextOf(input.Content, input.FileName, input.Overrides, Source) is { Length: > 0 } name
            && !vocabulary.DataSets.Contains(name)
            && !name.AsSpan().ContainsAny('/', '\\', ':')
            && places
                .OfType<string>()
                .Skip(isSet ? places.OfType<string>().Count() - 1 : 0)
                .Any(place => Path.Exists(Path.GetFullPath(name, place)))
            ? input with
            {
                Overrides = new(new SortedDictionary<string, string>(
                    new Dictionary<string, string>(input.Overrides) { [Source] = $"./{name}" }, StringComparer.Ordinal)),
            }
            : input;
    }

    private static bool Knows(DataRegistry registry, string name)
    {
        try
        {
            return registry.Find(name) is not null;
        }
        catch (DataException)
        {
            // It is there, but damaged: who uses it says so, with the remedy.
            return true;
        }
    }

    private static IEnumerable<(string Field, string Path)> Paths(SearchSpec spec, SpecVocabulary vocabulary)
    {
        if (spec.Data is { RegisteredName: null } data && !vocabulary.DataSets.Contains(data.Source))
        {
            yield return (Source, data.Source);
        }

        if (spec.Workload.Pretrained?.File is { } file)
        {
            yield return (Pretrained, file);
        }
    }

    private static SpecProblem Missing(SpecInput input, string field, string path, string[] places) => Warning(
        input,
        field,
        $"{Quoted(path)} is not on this machine: there is no {string.Join(" and no ", places.Select(Quoted))}",
        "a path counts from the folder of the spec, or else from the current one; leave it only if the workers run elsewhere and have it");

    private static IEnumerable<SpecProblem> Unusable(SpecInput input, string field, string path, string place)
    {
        if (RegularFile.Obstacle(place) is { } kind)
        {
            yield return Warning(
                input,
                field,
                $"{Quoted(path)} is {kind}, but a regular file is read here ({Quoted(place)})",
                kind == "a folder" ? "name a file in it" : "save its content as a file first");
        }
    }

    private static SpecProblem Warning(SpecInput input, string field, string message, string help)
    {
        var (file, line, column) = SpecReader.PlaceOf(input.Content, input.FileName, input.Overrides, field);
        return new(MissingCode, SpecSeverity.Warning, file, line, column, field, message, help);
    }

    private static string Quoted(string path) => $"\"{SafeText.Of(path)}\"";
}
