import { readFileSync, readdirSync, writeFileSync, existsSync } from 'node:fs';
import { withServer } from '/work/main/bench/measured-server.ts';
import { makeTextDocument, uniqueWord } from '/work/main/bench/text-document.ts';
const files:string[]=[];
for (let s=1;s<=6;s++){ const f=`/tmp/prof-${s}.pdf`; if(!existsSync(f)) writeFileSync(f, await makeTextDocument({pages:60,seed:s})); files.push(f);}
function cpu(): Map<string, number> { const m=new Map<string,number>(); for (const p of readdirSync('/proc')) { if(!/^\d+$/.test(p)) continue; try { const st=readFileSync(`/proc/${p}/stat`,'utf8'); const rest=st.slice(st.lastIndexOf(')')+2).split(' '); const cmd=readFileSync(`/proc/${p}/cmdline`,'utf8').replaceAll('\0',' '); m.set(p+' '+(/postgres/.test(st.slice(0,30))?cmd.slice(0,60):cmd.slice(-70)), (Number(rest[11])+Number(rest[12]))*10);} catch{} } return m; }
await withServer({DOCMILL_WORKER_CONCURRENCY:'1', ...(process.env.PROF?{NODE_OPTIONS:`--cpu-prof --cpu-prof-dir=${process.env.PROF}`}:{})}, async (server)=>{
  const u0=await server.upload(files[0]); await server.finish(u0.jobId);
  for (let r=0;r<3;r++){ const before=cpu(); const t=performance.now();
  const ups=[]; for (const f of files) ups.push(await server.upload(f));
  const tu=performance.now();
  for (const u of ups) await server.finish(u.jobId);
  const s=(performance.now()-t)/1000; console.log('wall',s,'upload',(tu-t)/1000,360/s,'pages/s');
  const after=cpu(); let pg=0; const rows:string[]=[]; for (const [k,v] of after){ const d=v-(before.get(k)??0); if(d<50) continue; if (/postgres/.test(k)) pg+=d; if(/postgres|main.ts serve|pdfium-child|prof.ts/.test(k)) rows.push(`${d}ms ${k}`);} console.log(rows.join('\n'),'\npg all',pg); }
});
