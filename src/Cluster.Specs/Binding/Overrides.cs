using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Binding;

/// <summary>Puts values from outside (<c>--set budget.trials=5</c>) into the tree of a file.</summary>
internal static class Overrides
{
    /// <summary>Applies values.</summary>
    /// <param name="root">The file's root; changed.</param>
    /// <param name="overrides">Values by dotted path, read like YAML scalars without quotes; in brackets or
    /// braces, like YAML on one line.</param>
    /// <param name="problems">Gets the paths that name no field.</param>
    public static void Apply(MappingNode root, IReadOnlyDictionary<string, string> overrides, ProblemList problems)
    {
        // What takes the place of section enqueue first, then its files, so that it is a list when more is put before it.
        foreach (var (path, text) in overrides.OrderBy(
            pair => pair.Key == EnqueueOverride.Section ? 0 : EnqueueOverride.FileOf(pair.Key) is null ? 2 : 1)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var at = new Position(0, 0, $"--set {Display.Cut(path, 100)}={Display.Text(text)}");
            if (SourceText.FindControl(text) >= 0)
            {
                problems.Error(SpecCodes.BadBytes, at, path, "the value holds a control character", "remove it");
            }
            else if (path == EnqueueOverride.Section)
            {
                if (EnqueueOverride.Read(text, at, problems) is { } section)
                {
                    Set(root, [], path, section);
                }
            }
            else if (EnqueueOverride.FileOf(path) is { } file)
            {
                EnqueueOverride.Replace(root, file, text, problems);
            }
            else if (path == EnqueueOverride.Path)
            {
                EnqueueOverride.Apply(root, text, at, problems);
            }
            else if (Locate(root, path) is { } target)
            {
                if (OverrideValue.Read(text, at) is { } value)
                {
                    Set(root, target.Section, target.Key, value);
                }
                else
                {
                    problems.Error(
                        SpecCodes.WrongKind,
                        at,
                        path,
                        "the value starts like a list or a mapping, but cannot be read as one",
                        $"write {path}=[a, b], or quotes around a text that starts with a bracket: {path}='\"[a\"'");
                }
            }
            else
            {
                problems.Error(
                    SpecCodes.UnknownOverride,
                    at,
                    path,
                    $"there is no field {Display.Quoted(path)}{Suggest(root, path)}",
                    "a path is section.key, for example budget.trials");
            }
        }
    }

    private static (string[] Section, string Key)? Locate(MappingNode root, string path)
    {
        if (path.StartsWith("space.", StringComparison.Ordinal))
        {
            return LocateParameter(root, path);
        }

        // The longest section first: keys of free sections may hold points themselves.
        foreach (var (section, fields) in SectionFields.ByPath.OrderByDescending(pair => pair.Key.Length))
        {
            var prefix = section.Length == 0 ? "" : section + ".";
            if (path.Length > prefix.Length && path.StartsWith(prefix, StringComparison.Ordinal))
            {
                var key = path[prefix.Length..];
                var isField = ReferenceEquals(fields, SectionFields.Free) || IsScalarField(fields, section, key);
                return isField ? (section.Length == 0 ? [] : section.Split('.'), key) : null;
            }
        }

        return null;
    }

    private static bool IsScalarField(SectionFields fields, string section, string key) =>
        (fields.Known.Contains(key) || fields.Later.Contains(key))
        && !SectionFields.ByPath.ContainsKey(section.Length == 0 ? key : $"{section}.{key}")
        && key is not ("space" or "forbid" or "enqueue" or "objectives" or "stages" or "on" or "$schema");

    private static (string[] Section, string Key)? LocateParameter(MappingNode root, string path)
    {
        if (root.Find("space")?.Value is not MappingNode space)
        {
            return null;
        }

        var last = path.LastIndexOf('.');
        var name = last > "space.".Length ? path["space.".Length..last] : "";
        var key = path[(last + 1)..];
        var isField = SectionFields.Parameter.Known.Contains(key) && key is not ("items" or "when");
        return isField && space.Find(name)?.Value is MappingNode ? (["space", name], key) : null;
    }

    private static void Set(MappingNode root, string[] section, string key, SpecNode value)
    {
        var mapping = root;
        foreach (var name in section)
        {
            var entry = mapping.Find(name);
            if (entry is null)
            {
                entry = new MappingEntry(new ScalarNode(value.At, name, ScalarStyle.Quoted), new MappingNode(value.At));
                mapping.Entries.Add(entry);
            }

            if (entry.Value is not MappingNode inner)
            {
                // The section itself is wrong, which is reported when it is read.
                return;
            }

            mapping = inner;
        }

        var keyNode = new ScalarNode(value.At, key, ScalarStyle.Quoted);
        var index = mapping.Entries.FindIndex(entry => entry.Key.Text == key);
        if (index >= 0)
        {
            mapping.Entries[index] = new MappingEntry(keyNode, value);
        }
        else
        {
            mapping.Entries.Add(new MappingEntry(keyNode, value));
        }
    }

    private static string Suggest(MappingNode root, string path)
    {
        var fields = SectionFields.ByPath.SelectMany(pair => pair.Value.Known
            .Where(key => IsScalarField(pair.Value, pair.Key, key))
            .Select(key => pair.Key.Length == 0 ? key : $"{pair.Key}.{key}"));
        var parameters = root.Find("space")?.Value is MappingNode space
            ? space.Entries.SelectMany(entry => SectionFields.Parameter.Known.Select(key => $"space.{entry.Key.Text}.{key}"))
            : [];
        return Suggestions.Nearest(path, fields.Concat(parameters)) is { } name ? $"; did you mean {name}?" : "";
    }
}
