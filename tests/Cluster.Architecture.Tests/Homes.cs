namespace SearchCluster.Architecture.Tests;

/// <summary>In which folder the types and the extension methods of a project are declared.</summary>
/// <remarks>A name that two folders declare tells nothing. The name of an extension method may also be that of another method, of a value
/// that nobody knows here: only one that no file of the project declares otherwise counts.</remarks>
internal sealed class Homes
{
    private readonly Dictionary<string, string> _types;
    private readonly Dictionary<string, string> _extensions;

    public Homes(IReadOnlyList<SourceFile> sources)
    {
        var methods = sources.SelectMany(source => source.Methods).ToHashSet();
        _types = Unique(sources, source => source.Declared);
        _extensions = Unique(sources, source => source.Extensions.Where(name => !methods.Contains(name)));
    }

    /// <summary>Finds what a file uses.</summary>
    /// <param name="source">The file.</param>
    /// <returns>Each name with the folder that declares it.</returns>
    public IEnumerable<(string Name, string Home)> UsedBy(SourceFile source)
    {
        var types = source.Named.Where(_types.ContainsKey).Select(type => (Name: type, Home: _types[type]));
        var qualified = source.Qualified
            .Where(use => _types.TryGetValue(use.Name, out var home) && home == use.First)
            .Select(use => (use.Name, use.First));
        var calls = source.Calls.Where(_extensions.ContainsKey).Select(call => ($"{call}()", _extensions[call]));
        return types.Concat(qualified).Distinct().Concat(calls);
    }

    private static Dictionary<string, string> Unique(
        IReadOnlyList<SourceFile> sources, Func<SourceFile, IEnumerable<string>> declared) => sources
            .SelectMany(source => declared(source).Select(name => (Name: name, source.Folder)))
            .GroupBy(entry => entry.Name)
            .Where(group => group.Select(entry => entry.Folder).Distinct().Count() == 1)
            .ToDictionary(group => group.Key, group => group.First().Folder);
}
