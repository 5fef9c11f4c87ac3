using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Binding;

/// <summary>Puts values from outside (<c>--set budget.trials=5</c>) into the tree of a file: a field takes the value as a whole, be it a
/// word, a list or a section.</summary>
internal static class Overrides
{
    private const string Space = "space";

    /// <summary>Applies values.</summary>
    /// <param name="root">The file's root; changed.</param>
    /// <param name="overrides">Values by dotted path, as <see cref="OverrideValue"/> reads them. A section comes before its fields.</param>
    /// <param name="problems">Gets the paths that name no field, and what cannot be read.</param>
    public static void Apply(MappingNode root, IReadOnlyDictionary<string, string> overrides, ProblemList problems)
    {
        // What takes the place of section enqueue first, then its files, so that it is a list when more is put before it. By name a
        // section stands before what is in it.
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
            else
            {
                SetField(root, path, text, at, problems);
            }
        }
    }

    /// <summary>Reports a value whose brackets or braces do not make a list or a mapping.</summary>
    public static void Unreadable(ProblemList problems, Position at, string path, OverrideTrouble trouble)
    {
        if (trouble.Code == SpecCodes.Syntax)
        {
            problems.Error(
                SpecCodes.WrongKind,
                at,
                path,
                $"the value starts like a list or a mapping, but cannot be read as one: {trouble.Message}",
                $"write {path}=[a, b] or {path}={{key: value}}, or quotes around a text that starts with a bracket: {path}='\"[a\"'");
            return;
        }

        problems.Error(trouble.Code, at, path, $"{path}: {trouble.Message}", trouble.Help);
    }

    private static void SetField(MappingNode root, string path, string text, Position at, ProblemList problems)
    {
        if (FindWhole(root, path) is { } whole)
        {
            problems.Error(
                SpecCodes.UnknownOverride,
                at,
                path,
                $"{Display.Cut(whole.Path, 100)} {Section.Describe(whole.Value)} here and has no fields, so "
                    + $"{Display.Text(path[(whole.Path.Length + 1)..])} cannot be set in it",
                $"set it as a whole, with all of its fields: --set '{Display.Cut(whole.Path, 100)}={{…}}'");
            return;
        }

        if (Locate(root, path, OverrideValue.IsNested(text)) is not { } target)
        {
            problems.Error(
                SpecCodes.UnknownOverride,
                at,
                path,
                $"there is no field {Display.Quoted(path)}{Suggest(root, path)}",
                "a path is section.key or a section, for example budget.trials=20 or budget={trials: 20}");
            return;
        }

        var (value, trouble) = OverrideValue.Read(text, at);
        if (value is null)
        {
            Unreadable(problems, at, path, trouble!);
            return;
        }

        Set(root, target.Section, target.Key, value);
    }

    // What stands on the way to a field without having fields: a section in its short form, a list. Nothing at all can become a section.
    private static (string Path, SpecNode Value)? FindWhole(MappingNode root, string path)
    {
        var (section, length) = (root, 0);
        while (true)
        {
            var rest = path[length..];
            var entry = section.Entries
                .Where(entry => rest.StartsWith(entry.Key.Text + ".", StringComparison.Ordinal))
                .MaxBy(entry => entry.Key.Text.Length);
            if (entry is null || IsNothing(entry.Value))
            {
                return null;
            }

            if (entry.Value is not MappingNode inner)
            {
                return (path[..(length + entry.Key.Text.Length)], entry.Value);
            }

            (section, length) = (inner, length + entry.Key.Text.Length + 1);
        }
    }

    private static bool IsNothing(SpecNode value) => value is ScalarNode scalar && Scalars.Classify(scalar).Kind == ScalarKind.Null;

    private static (string[] Section, string Key)? Locate(MappingNode root, string path, bool isNested)
    {
        if (path.StartsWith(Space + ".", StringComparison.Ordinal))
        {
            return LocateParameter(root, path[(Space.Length + 1)..], isNested);
        }

        // The longest section first: keys of free sections may hold points themselves.
        foreach (var (section, fields) in SectionFields.ByPath.OrderByDescending(pair => pair.Key.Length))
        {
            var prefix = section.Length == 0 ? "" : section + ".";
            if (path.Length > prefix.Length && path.StartsWith(prefix, StringComparison.Ordinal))
            {
                var key = path[prefix.Length..];
                var isField = ReferenceEquals(fields, SectionFields.Free) || fields.Known.Contains(key) || fields.Later.Contains(key);
                return isField ? (section.Length == 0 ? [] : section.Split('.'), key) : null;
            }
        }

        return null;
    }

    // A parameter's name may hold points itself. What is no field of one that is there may be a new one, if it looks like one.
    private static (string[] Section, string Key)? LocateParameter(MappingNode root, string path, bool isNested)
    {
        var space = root.Find(Space)?.Value as MappingNode;
        var name = space?.Entries.Select(entry => entry.Key.Text)
            .Where(known => path == known || path.StartsWith(known + ".", StringComparison.Ordinal))
            .MaxBy(known => known.Length);
        if (name is null)
        {
            return path.Length > 0 && isNested ? ([Space], path) : null;
        }

        if (path == name)
        {
            return ([Space], name);
        }

        var key = path[(name.Length + 1)..];
        return SectionFields.Parameter.Known.Contains(key) && space!.Find(name)!.Value is MappingNode ? ([Space, name], key) : null;
    }

    private static void Set(MappingNode root, string[] section, string key, SpecNode value)
    {
        var mapping = root;
        foreach (var name in section)
        {
            var entry = mapping.Find(name);
            if (entry?.Value is not MappingNode inner)
            {
                // FindWhole lets nothing else pass.
                inner = new MappingNode(value.At);
                mapping.Entries.RemoveAll(old => old.Key.Text == name);
                mapping.Entries.Add(new MappingEntry(new ScalarNode(value.At, name, ScalarStyle.Quoted), inner));
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
        var fields = SectionFields.ByPath.SelectMany(
            pair => pair.Value.Known.Select(key => pair.Key.Length == 0 ? key : $"{pair.Key}.{key}"));
        var parameters = root.Find(Space)?.Value is MappingNode space
            ? space.Entries.SelectMany(entry => SectionFields.Parameter.Known
                .Select(key => $"{Space}.{entry.Key.Text}.{key}")
                .Prepend($"{Space}.{entry.Key.Text}"))
            : [];
        var others = fields.Concat(parameters).Where(name => name != path);
        return Suggestions.Nearest(path, others) is { } name ? $"; did you mean {name}?" : "";
    }
}
