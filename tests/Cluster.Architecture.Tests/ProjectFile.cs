using System.Xml.Linq;

namespace SearchCluster.Architecture.Tests;

/// <summary>What one project file names: its projects and its packages, without what the build adds centrally.</summary>
internal sealed record ProjectFile(string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public static IReadOnlyList<ProjectFile> ReadAll(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Read)];

    private static ProjectFile Read(string path)
    {
        var items = XDocument.Load(path).Descendants().ToArray();
        return new ProjectFile(
            Path.GetFileNameWithoutExtension(path),
            [.. Includes(items, "ProjectReference").Select(include => Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))],
            [.. Includes(items, "PackageReference")]);
    }

    private static IEnumerable<string> Includes(IEnumerable<XElement> items, string kind) =>
        from item in items
        where item.Name.LocalName == kind
        let include = (string?)item.Attribute("Include")
        where include is not null
        select include;
}
