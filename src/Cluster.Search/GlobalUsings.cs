global using System.Collections.Immutable;
global using SearchCluster.Search.State;
global using SearchCluster.Search.View;
