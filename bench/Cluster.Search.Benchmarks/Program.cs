using SearchCluster.Search.Benchmarks;
using SearchCluster.Search.Benchmarks.Efficiency;
using SearchCluster.Search.Benchmarks.Memory;

return args switch
{
    ["efficiency", .. var rest] => EfficiencyCommand.Run(new Arguments(rest)),
    ["memory", .. var rest] => MemoryCommand.Run(new Arguments(rest)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Measures samplers and schedulers without workers. Tables are in Markdown.

          efficiency   --algorithms auto,gp,tpe --problems suite|tuning|all|NAME,… --seeds 0-19 --batch 1,4 [--option.NAME VALUE]
                       median simple regret after 25, 50 and 100 trials; seeds 0-19 are for comparison, tune on others
          memory       --algorithms random,gp,tpe --trials 10000 --measurements 1,20
                       bytes a trial that a search and its sampler hold
        """);
    return 2;
}
