using System.Text;
using System.Text.Json;

namespace SearchCluster.Artifacts.Data;

/// <summary>The data sets of a state folder: in its folder <c>data</c> a description and a list of hashes for each, and the files of those
/// that were fetched or sent.</summary>
/// <remarks>Processes of one machine use it at the same time: each file is replaced as a whole, the description last.</remarks>
/// <param name="root">The state folder.</param>
public sealed class DataCatalog(string root)
{
    /// <summary>Name of the folder below the state folder.</summary>
    public const string FolderName = "data";

    private const string Whole = "the registration";
    private const string DescriptionEnding = ".json";
    private const string ManifestEnding = ".sha256";

    private readonly FolderArtifactStore _store = new(root);

    /// <summary>The state folder, as an absolute path.</summary>
    public string Root => _store.Root;

    /// <summary>Where descriptions, lists and files lie.</summary>
    public string Folder => Path.Combine(_store.Root, FolderName);

    /// <summary>Where the files of a data set lie that was fetched or sent.</summary>
    /// <param name="name">A valid name.</param>
    /// <returns>Full path.</returns>
    public string FilesFolder(string name) => Path.Combine(Folder, name);

    /// <summary>Lists the data sets by name.</summary>
    /// <returns>The data sets; empty before the first.</returns>
    /// <exception cref="ArtifactException">SC3015: a description is damaged.</exception>
    public ValueArray<RegisteredData> List() => Names().Select(Find).OfType<RegisteredData>().ToValueArray();

    /// <summary>Names of the data sets, also of those whose description is damaged.</summary>
    /// <returns>In ordinal order; empty before the first.</returns>
    public IReadOnlyList<string> Names() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*" + DescriptionEnding)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(SearchId.IsValid)
            .Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Finds a data set.</summary>
    /// <returns>The data set, or null.</returns>
    /// <exception cref="ArtifactException">SC3015: its description is damaged.</exception>
    public RegisteredData? Find(string name)
    {
        if (!SearchId.IsValid(name))
        {
            return null;
        }

        using var stream = _store.OpenRead(DescriptionOf(name));
        if (stream is null)
        {
            return null;
        }

        using var content = new MemoryStream();
        stream.CopyTo(content);
        try
        {
            return JsonMisfit.Read(
                content.GetBuffer().AsSpan(0, (int)content.Length), RegistryJson.Default.RegisteredData, Whole, isStrict: true);
        }
        catch (JsonException damaged)
        {
            throw new ArtifactException(
                DataCodes.RegistrationDamaged,
                $"The registration of data set '{name}' is damaged ({Path.Combine(_store.Root, DescriptionOf(name))}): {damaged.Message} "
                    + "Register it again with --replace.",
                damaged);
        }
    }

    /// <summary>The files of a data set that is registered.</summary>
    /// <param name="name">A valid name.</param>
    /// <returns>Their paths and hashes, without sizes (0).</returns>
    /// <exception cref="ArtifactException">SC3015: the list is missing, or damaged.</exception>
    public DataManifest ManifestOf(string name)
    {
        using var stream = _store.OpenRead(ListOf(name))
            ?? throw new ArtifactException(
                DataCodes.RegistrationDamaged, $"The list of files of data set '{name}' is missing; register it again with --replace.");
        using var reader = new StreamReader(stream);
        try
        {
            return DataManifest.Parse(reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        catch (FormatException damaged)
        {
            throw new ArtifactException(
                DataCodes.RegistrationDamaged,
                $"The list of files of data set '{name}' is damaged: {damaged.Message} Register it again with --replace.",
                damaged);
        }
    }

    /// <summary>Registers a data set; an earlier one of its name is replaced.</summary>
    /// <param name="data">Its description.</param>
    /// <param name="manifest">Its files.</param>
    public void Write(RegisteredData data, DataManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(manifest);
        _store.Write(ListOf(data.Name), stream => stream.Write(Encoding.UTF8.GetBytes(manifest.ToString())));
        _store.Write(DescriptionOf(data.Name), stream => JsonSerializer.Serialize(stream, data, RegistryJson.Default.RegisteredData));
    }

    /// <summary>Forgets a data set. Files that were fetched or sent are deleted with it; files of the user's own stay.</summary>
    /// <param name="data">Its description.</param>
    public void Remove(RegisteredData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        _store.Delete(DescriptionOf(data.Name));
        _store.Delete(ListOf(data.Name));
        if (data.Origin is not null && Directory.Exists(FilesFolder(data.Name)))
        {
            Directory.Delete(FilesFolder(data.Name), recursive: true);
        }
    }

    private static string DescriptionOf(string name) => $"{FolderName}/{name}{DescriptionEnding}";

    private static string ListOf(string name) => $"{FolderName}/{name}{ManifestEnding}";
}
